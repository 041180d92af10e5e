using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Files;

namespace Lifecycle.Storage;

/// <summary>
/// Content-addressed artifacts: <c>artifacts/sha256/&lt;hex&gt;</c>. Uploading the same content twice, from anywhere, is one
/// artifact; every download is verified. Safe for concurrent use, and the cache for concurrent processes.
/// </summary>
/// <param name="store">Where the artifacts lie.</param>
/// <param name="cacheFolder">Local folder of verified copies; may be deleted at any time between uses.</param>
public sealed class ArtifactStore(IBlobStore store, string cacheFolder)
{
    /// <summary>Uploads a file.</summary>
    public async Task<ArtifactRef> UploadFileAsync(string path, string mediaType, CancellationToken cancellationToken = default)
    {
        await using FileStream content = RegularFile.Open(path);
        return await UploadAsync(content, mediaType, cancellationToken);
    }

    /// <summary>Uploads bytes.</summary>
    public async Task<ArtifactRef> UploadAsync(ReadOnlyMemory<byte> bytes, string mediaType, CancellationToken cancellationToken = default)
    {
        using MemoryStream content = new(bytes.ToArray(), writable: false);
        return await UploadAsync(content, mediaType, cancellationToken);
    }

    /// <summary>Returns the path of a verified local copy, which must not be changed.</summary>
    /// <exception cref="ArtifactCorruptedException">The stored bytes are missing or not those of the reference.</exception>
    public async Task<string> DownloadAsync(ArtifactRef artifact, CancellationToken cancellationToken = default)
    {
        string path = Path.Combine(cacheFolder, BlobNameOf(artifact)[^64..]);
        if (IsCached(path, artifact))
        {
            return path;
        }

        Directory.CreateDirectory(cacheFolder);
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            await FetchAsync(artifact, temporary, cancellationToken);
            DurableFiles.Local.Publish(temporary, path);
            return path;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Reads a verified artifact whole.</summary>
    /// <exception cref="ArtifactCorruptedException">The stored bytes are missing or not those of the reference.</exception>
    public async Task<byte[]> ReadAsync(ArtifactRef artifact, CancellationToken cancellationToken = default) =>
        RegularFile.ReadBytes(await DownloadAsync(artifact, cancellationToken), artifact.Bytes, cancellationToken);

    /// <summary>Stores a record as JSON, by its content.</summary>
    public Task<ArtifactRef> UploadRecordAsync<T>(T record, CancellationToken cancellationToken = default) =>
        UploadAsync(JsonSerializer.SerializeToUtf8Bytes(record, DomainJson.Compact), MediaTypes.Json, cancellationToken);

    /// <summary>Reads a record that <see cref="UploadRecordAsync"/> stored.</summary>
    /// <exception cref="ArtifactCorruptedException">The stored bytes are missing or not those of the reference.</exception>
    /// <exception cref="InvalidDataException">The artifact is no such record.</exception>
    public async Task<T> ReadRecordAsync<T>(ArtifactRef artifact, CancellationToken cancellationToken = default) =>
        DomainJson.ReadRecord<T>(await ReadAsync(artifact, cancellationToken), artifact.Uri);

    private static string BlobNameOf(ArtifactRef artifact) =>
        artifact.Sha256.Length == 64 && artifact.Sha256.All(char.IsAsciiHexDigitLower) && artifact.Uri == $"artifact:sha256/{artifact.Sha256}"
            ? $"artifacts/sha256/{artifact.Sha256}"
            : throw new ArgumentException($"The artifact reference {artifact.Uri} with sha256 {artifact.Sha256} is malformed: expected artifact:sha256/<64 lowercase hexadecimal digits>.");

    private async Task<ArtifactRef> UploadAsync(Stream content, string mediaType, CancellationToken cancellationToken)
    {
        string sha256 = Sha256Digest.Of(content);
        ArtifactRef artifact = ArtifactRef.ForContent(sha256, content.Length, mediaType);
        await store.PutIfAbsentAsync(BlobNameOf(artifact), content, mediaType, cancellationToken);
        return artifact;
    }

    // The digest is asked of the copy at every use: a disk, or a person, may have changed it since.
    private static bool IsCached(string path, ArtifactRef artifact) =>
        File.Exists(path) && new FileInfo(path).Length == artifact.Bytes && Sha256Digest.OfFile(path) == artifact.Sha256;

    private async Task FetchAsync(ArtifactRef artifact, string path, CancellationToken cancellationToken)
    {
        await using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
        await using DigestStream digest = new(file);
        string expected = $"sha256 {artifact.Sha256} ({artifact.Bytes} bytes)";
        if (!await store.CopyToAsync(BlobNameOf(artifact), digest, cancellationToken))
        {
            throw new ArtifactCorruptedException(artifact.Uri, "nothing", expected, store.Address);
        }

        string found = $"sha256 {digest.Finish()} ({digest.Length} bytes)";
        if (found != expected)
        {
            throw new ArtifactCorruptedException(artifact.Uri, found, expected, store.Address);
        }
    }
}
