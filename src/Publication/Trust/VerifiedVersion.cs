using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Trust;

/// <summary>
/// A version of a ReleaseChannel whose Publication was verified. Only <see cref="ChannelTrust"/> makes one. Every digest in it comes out
/// of what was signed, none out of the channel's entry, and its files are read through it alone: the bytes that are used are the bytes
/// that were verified.
/// </summary>
public sealed class VerifiedVersion
{
    private readonly IBlobStore store;

    internal VerifiedVersion(IBlobStore store, ChannelEntry entry, ReleaseManifest release) =>
        (this.store, Entry, Release) = (store, entry, release);

    /// <summary>The version; its Publication is the one that was proven, not the one that the channel's entry tells of.</summary>
    public ChannelEntry Entry { get; }

    /// <summary>The signed release.</summary>
    public ReleaseManifest Release { get; }

    /// <summary>Whether the release has a file.</summary>
    public bool Has(string name) => Release.Files.Any(file => file.Name == name);

    /// <summary>Reads a file of the release; what is returned has the digest that was signed.</summary>
    /// <param name="name">Its name, of <see cref="Files.ReleaseFileNames"/>.</param>
    /// <param name="maximumBytes">A longer file is not read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArtifactCorruptedException">The release has no such file, or the bytes are missing or others.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(string name, long maximumBytes, CancellationToken cancellationToken = default)
    {
        string blob = $"{Entry.Publication.Directory}/{name}";
        ReleaseFile signed = Release.Files.FirstOrDefault(file => file.Name == name)
            ?? throw new ArtifactCorruptedException(blob, "a release without it", $"release {Release.Digest} to name it", store.Address);
        string expected = $"sha256 {signed.Content.Sha256}";
        StoredBlob read = await store.ReadAsync(blob, maximumBytes, cancellationToken)
            ?? throw new ArtifactCorruptedException(blob, "nothing", expected, store.Address);
        string found = $"sha256 {Sha256Digest.Of(read.Content.Span)}";
        return found == expected ? read.Content : throw new ArtifactCorruptedException(blob, found, expected, store.Address);
    }
}
