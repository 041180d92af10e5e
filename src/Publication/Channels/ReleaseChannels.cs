using System.Collections.Immutable;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Statements;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Channels;

/// <summary>
/// ReleaseChannels in a blob store: a pointer that is compared and swapped, and beside it one immutable entry for each
/// version. The entry of a version is written first and decides who made that version; the pointer follows it, whoever
/// moves it there. Safe for concurrent use by any number of processes. Format: docs/formats/channel.md.
/// </summary>
/// <param name="store">The store.</param>
public sealed class ReleaseChannels(IBlobStore store)
{
    private readonly Records<ChannelEntry> entries = new(store, 64 * 1024, CanonicalJson.Of);

    /// <summary>
    /// Moves a ReleaseChannel to its next version. Repeating the same entry succeeds, also after later moves. A Rollback is
    /// the Publication of an older entry under the next version.
    /// </summary>
    /// <exception cref="ChannelMovedException">The channel is not at the version before the entry's.</exception>
    /// <exception cref="PublicationMissingException">The entry's Publication does not exist.</exception>
    public async Task MoveAsync(ChannelEntry entry, CancellationToken cancellationToken = default)
    {
        byte[] bytes = CanonicalJson.Of(entry);
        ChannelEntry? current = await ReadAsync(entry.Model, entry.Channel, cancellationToken);
        long version = current?.Version ?? 0;
        if (entry.Version < 1 || entry.Version > version + 1)
        {
            throw new ChannelMovedException(entry, current);
        }

        if (entry.Version > version)
        {
            await RequirePublicationAsync(entry.Publication, cancellationToken);
        }

        ChannelEntry made = await MakeVersionAsync(entry, cancellationToken);
        ChannelEntry reached = await FollowAsync(made, cancellationToken);
        if (!CanonicalJson.Of(made).AsSpan().SequenceEqual(bytes))
        {
            throw new ChannelMovedException(entry, reached);
        }
    }

    /// <summary>Where a ReleaseChannel is; null when it is empty.</summary>
    public async Task<ChannelEntry?> ReadAsync(string model, string channel, CancellationToken cancellationToken = default)
    {
        string name = PointerName(model, channel);
        return Demand(await entries.ReadAsync(name, cancellationToken), name, model, channel, version: null);
    }

    /// <summary>All versions of a ReleaseChannel, the first one first.</summary>
    /// <exception cref="InvalidDataException">A version is missing or malformed.</exception>
    public async Task<ImmutableArray<ChannelEntry>> HistoryAsync(string model, string channel, CancellationToken cancellationToken = default)
    {
        ChannelEntry? current = await ReadAsync(model, channel, cancellationToken);
        ImmutableArray<ChannelEntry>.Builder history = ImmutableArray.CreateBuilder<ChannelEntry>();
        for (long version = 1; version <= (current?.Version ?? 0); version++)
        {
            history.Add(await ReadVersionAsync(model, channel, version, cancellationToken)
                ?? throw new InvalidDataException($"{VersionName(model, channel, version)} in {store.Address} is missing, though the channel is at version {current!.Version}: restore the store from its backup."));
        }

        return history.ToImmutable();
    }

    private static string PointerName(string model, string channel) =>
        $"channels/{PlainName.Require(model, "model")}/{PlainName.Require(channel, "channel")}.json";

    private static string VersionName(string model, string channel, long version) =>
        $"channels/{PlainName.Require(model, "model")}/{PlainName.Require(channel, "channel")}/{version}.json";

    private async Task RequirePublicationAsync(Publication publication, CancellationToken cancellationToken)
    {
        if (!await store.ExistsAsync($"{publication.Directory}/{ModelSignature.FileName}", cancellationToken))
        {
            throw new PublicationMissingException(publication.Directory, store.Address);
        }
    }

    private async Task<ChannelEntry> MakeVersionAsync(ChannelEntry entry, CancellationToken cancellationToken) =>
        await entries.PutIfAbsentAsync(VersionName(entry.Model, entry.Channel, entry.Version), entry, cancellationToken)
            ? entry
            : (await ReadVersionAsync(entry.Model, entry.Channel, entry.Version, cancellationToken))!;

    /// <summary>Moves the pointer to <paramref name="made"/>, unless it is there or beyond. Returns where it is then.</summary>
    private Task<ChannelEntry> FollowAsync(ChannelEntry made, CancellationToken cancellationToken)
    {
        string name = PointerName(made.Model, made.Channel);
        return entries.ChangeAsync(
            name,
            pointer => Demand(pointer, name, made.Model, made.Channel, version: null) is { } there && there.Version >= made.Version ? there : made,
            cancellationToken);
    }

    private async Task<ChannelEntry?> ReadVersionAsync(string model, string channel, long version, CancellationToken cancellationToken)
    {
        string name = VersionName(model, channel, version);
        return Demand(await entries.ReadAsync(name, cancellationToken), name, model, channel, version);
    }

    // What lies under a name has to be what the name says: an entry of another model, channel or version answers another question.
    private ChannelEntry? Demand(ChannelEntry? entry, string name, string model, string channel, long? version) =>
        entry is null || (entry.Model == model && entry.Channel == channel && entry.Version >= 1 && entry.Version == (version ?? entry.Version))
            ? entry
            : throw new InvalidDataException($"{name} in {store.Address} is version {entry.Version} of {PlainName.Describe(entry.Channel)} for {PlainName.Describe(entry.Model)}, expected {(version is null ? "a version" : $"version {version}")} of \"{channel}\" for \"{model}\". Restore it from a backup of the store.");
}
