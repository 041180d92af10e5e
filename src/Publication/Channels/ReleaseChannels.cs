using System.Collections.Immutable;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Stores;

namespace Lifecycle.Publishing.Channels;

/// <summary>
/// ReleaseChannels in a blob store: a pointer that is compared and swapped, and beside it one immutable entry for each
/// version. The entry of a version is written first and decides who made that version; the pointer follows it, whoever
/// moves it there. Safe for concurrent use by any number of processes. Format: docs/formats/channel.md.
/// </summary>
/// <param name="store">The store.</param>
public sealed class ReleaseChannels(IBlobStore store)
{
    private const long MaximumEntryBytes = 64 * 1024;

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

        ChannelEntry made = await MakeVersionAsync(entry, bytes, cancellationToken);
        ChannelEntry reached = await FollowAsync(made, cancellationToken);
        if (!CanonicalJson.Of(made).AsSpan().SequenceEqual(bytes))
        {
            throw new ChannelMovedException(entry, reached);
        }
    }

    /// <summary>Where a ReleaseChannel is; null when it is empty.</summary>
    public async Task<ChannelEntry?> ReadAsync(string model, string channel, CancellationToken cancellationToken = default) =>
        (await ReadEntryAsync(PointerName(model, channel), model, channel, version: null, cancellationToken))?.Entry;

    /// <summary>All versions of a ReleaseChannel, the first one first.</summary>
    /// <exception cref="InvalidDataException">A version is missing or malformed.</exception>
    public async Task<ImmutableArray<ChannelEntry>> HistoryAsync(string model, string channel, CancellationToken cancellationToken = default)
    {
        ChannelEntry? current = await ReadAsync(model, channel, cancellationToken);
        ImmutableArray<ChannelEntry>.Builder entries = ImmutableArray.CreateBuilder<ChannelEntry>();
        for (long version = 1; version <= (current?.Version ?? 0); version++)
        {
            string name = VersionName(model, channel, version);
            entries.Add((await ReadEntryAsync(name, model, channel, version, cancellationToken))?.Entry
                ?? throw new InvalidDataException($"{name} in {store.Address} is missing, though the channel is at version {current!.Version}: restore the store from its backup."));
        }

        return entries.ToImmutable();
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

    private async Task<ChannelEntry> MakeVersionAsync(ChannelEntry entry, byte[] bytes, CancellationToken cancellationToken)
    {
        string name = VersionName(entry.Model, entry.Channel, entry.Version);
        using MemoryStream content = new(bytes, writable: false);
        try
        {
            await store.PutIfAbsentAsync(name, content, MediaTypes.Json, cancellationToken);
            return entry;
        }
        catch (BlobConflictException)
        {
            return (await ReadEntryAsync(name, entry.Model, entry.Channel, entry.Version, cancellationToken))!.Entry;
        }
    }

    /// <summary>Moves the pointer to <paramref name="made"/>, unless it is there or beyond. Returns where it is then.</summary>
    private async Task<ChannelEntry> FollowAsync(ChannelEntry made, CancellationToken cancellationToken)
    {
        string name = PointerName(made.Model, made.Channel);
        while (true)
        {
            StoredEntry? pointer = await ReadEntryAsync(name, made.Model, made.Channel, version: null, cancellationToken);
            if (pointer?.Entry.Version >= made.Version)
            {
                return pointer.Entry;
            }

            if (await store.CompareAndSwapAsync(name, CanonicalJson.Of(made), MediaTypes.Json, pointer?.ETag, cancellationToken))
            {
                return made;
            }
        }
    }

    // What lies under a name has to be what the name says: an entry of another model, channel or version answers another question.
    private async Task<StoredEntry?> ReadEntryAsync(
        string name, string model, string channel, long? version, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(name, MaximumEntryBytes, cancellationToken) is not { } blob)
        {
            return null;
        }

        try
        {
            ChannelEntry? entry = JsonSerializer.Deserialize<ChannelEntry>(blob.Content.Span, DomainJson.Compact);
            StoredEntry stored = new(entry ?? throw new JsonException("null instead of an object"), blob.ETag);
            return entry.Model == model && entry.Channel == channel && entry.Version >= 1 && entry.Version == (version ?? entry.Version)
                ? stored
                : throw new JsonException($"it is version {entry.Version} of {PlainName.Describe(entry.Channel)} for {PlainName.Describe(entry.Model)}, expected {(version is null ? "a version" : $"version {version}")} of \"{channel}\" for \"{model}\"");
        }
        catch (JsonException defect)
        {
            throw new InvalidDataException($"{name} in {store.Address} is no channel entry: {defect.Message}", defect);
        }
    }

    private sealed record StoredEntry(ChannelEntry Entry, string ETag);
}
