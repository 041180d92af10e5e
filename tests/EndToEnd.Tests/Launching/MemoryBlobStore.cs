using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Lifecycle.Domain;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Launching;

/// <summary>A blob store in memory; its tags count the writes.</summary>
internal sealed class MemoryBlobStore : IBlobStore
{
    private readonly ConcurrentDictionary<string, StoredBlob> blobs = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private int writes;

    public string Address => "memory";

    public async Task PutIfAbsentAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken = default)
    {
        content.Position = 0;
        using MemoryStream bytes = new();
        await content.CopyToAsync(bytes, cancellationToken);
        if (!await CompareAndSwapAsync(name, bytes.ToArray(), mediaType, null, cancellationToken) && !blobs[name].Content.Span.SequenceEqual(bytes.ToArray()))
        {
            throw new BlobConflictException(name, Sha256Digest.Of(blobs[name].Content.ToArray()), Sha256Digest.Of(bytes.ToArray()), Address);
        }
    }

    public Task<StoredBlob?> ReadAsync(string name, long maximumBytes, CancellationToken cancellationToken = default) =>
        Task.FromResult(blobs.GetValueOrDefault(BlobName.Require(name)));

    public async Task<bool> CopyToAsync(string name, Stream destination, CancellationToken cancellationToken = default)
    {
        if (!blobs.TryGetValue(name, out StoredBlob? blob))
        {
            return false;
        }

        await destination.WriteAsync(blob.Content, cancellationToken);
        return true;
    }

    public Task<bool> CompareAndSwapAsync(string name, ReadOnlyMemory<byte> content, string mediaType, string? expectedETag, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            bool isExpected = blobs.GetValueOrDefault(name)?.ETag == expectedETag;
            if (isExpected)
            {
                blobs[BlobName.Require(name)] = new(content, (++writes).ToString(CultureInfo.InvariantCulture));
            }

            return Task.FromResult(isExpected);
        }
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string name in blobs.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            yield return await Task.FromResult(name);
        }
    }

    public Task<BlobFacts?> DescribeAsync(string name, CancellationToken cancellationToken = default) => Task.FromResult(
        blobs.TryGetValue(name, out StoredBlob? blob) ? new BlobFacts(blob.ETag, blob.Content.Length, TimeProvider.System.GetUtcNow()) : null);

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken = default) => Task.FromResult(blobs.ContainsKey(name));
}
