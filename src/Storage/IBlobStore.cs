namespace Lifecycle.Storage;

/// <summary>A blob's bytes and the tag of exactly that version, for <see cref="IBlobStore.CompareAndSwapAsync"/>.</summary>
public sealed record StoredBlob(ReadOnlyMemory<byte> Content, string ETag);

/// <summary>
/// What the product asks of blob storage: put if absent, compare and swap, read, list. Every write is safe to repeat after
/// any failure, also after one that hid a success. What is written bears a name of
/// <see cref="BlobName"/>; what is read may bear any of <see cref="Domain.Names.BlobNames"/>.
/// </summary>
/// <remarks>All members throw <see cref="StoreUnavailableException"/> when the store does not answer, after retries.</remarks>
public interface IBlobStore
{
    /// <summary>Where the store is, for messages; without secrets.</summary>
    string Address { get; }

    /// <summary>Writes a blob that must not exist. One that exists with equal bytes is a success.</summary>
    /// <param name="name">The blob.</param>
    /// <param name="content">A seekable stream, read from its beginning.</param>
    /// <param name="mediaType">Media type of the content.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BlobConflictException">It exists with other bytes.</exception>
    Task PutIfAbsentAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken = default);

    /// <summary>Reads a small blob; null when there is none.</summary>
    /// <param name="name">The blob.</param>
    /// <param name="maximumBytes">Longest content that is read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BlobTooLargeException">It is longer.</exception>
    Task<StoredBlob?> ReadAsync(string name, long maximumBytes, CancellationToken cancellationToken = default);

    /// <summary>Copies a blob of any length into a stream; false when there is none.</summary>
    Task<bool> CopyToAsync(string name, Stream destination, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces a blob if it is still the version with <paramref name="expectedETag"/>; null means it must not exist.
    /// </summary>
    /// <returns>Whether the blob now holds <paramref name="content"/>; false when another version was there.</returns>
    Task<bool> CompareAndSwapAsync(
        string name, ReadOnlyMemory<byte> content, string mediaType, string? expectedETag, CancellationToken cancellationToken = default);

    /// <summary>Names of the blobs under a prefix, in ordinal order.</summary>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>What the store knows of a blob without reading it; null when there is none.</summary>
    Task<BlobFacts?> DescribeAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Whether the blob exists.</summary>
    Task<bool> ExistsAsync(string name, CancellationToken cancellationToken = default);
}
