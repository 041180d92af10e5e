using Lifecycle.Storage;

namespace Lifecycle.Publishing.Tests.Fixtures;

/// <summary>A store behind somebody who rewrites what is read: told the blob's name, how often it was read before, and its bytes.</summary>
internal sealed class RewritingBlobStore(IBlobStore store, Func<string, int, byte[], byte[]> rewrite) : IBlobStore
{
    private readonly Dictionary<string, int> reads = [];

    public string Address => store.Address;

    public async Task<StoredBlob?> ReadAsync(string name, long maximumBytes, CancellationToken cancellationToken = default) =>
        await store.ReadAsync(name, maximumBytes, cancellationToken) is { } blob ? blob with { Content = Rewritten(name, blob.Content.ToArray()) } : null;

    public async Task<bool> CopyToAsync(string name, Stream destination, CancellationToken cancellationToken = default)
    {
        using MemoryStream honest = new();
        bool found = await store.CopyToAsync(name, honest, cancellationToken);
        await destination.WriteAsync(found ? Rewritten(name, honest.ToArray()) : [], cancellationToken);
        return found;
    }

    public Task PutIfAbsentAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken = default) =>
        store.PutIfAbsentAsync(name, content, mediaType, cancellationToken);

    public Task<bool> CompareAndSwapAsync(
        string name, ReadOnlyMemory<byte> content, string mediaType, string? expectedETag, CancellationToken cancellationToken = default) =>
        store.CompareAndSwapAsync(name, content, mediaType, expectedETag, cancellationToken);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken = default) => store.ListAsync(prefix, cancellationToken);

    public Task<BlobFacts?> DescribeAsync(string name, CancellationToken cancellationToken = default) => store.DescribeAsync(name, cancellationToken);

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken = default) => store.ExistsAsync(name, cancellationToken);

    private byte[] Rewritten(string name, byte[] bytes)
    {
        int before = reads.GetValueOrDefault(name);
        reads[name] = before + 1;
        return rewrite(name, before, bytes);
    }
}
