using Lifecycle.Storage;

namespace Lifecycle.Publishing.Tests.Fixtures;

/// <summary>A store with something happening before or after one of its calls, counted from 1.</summary>
internal sealed class InterruptedBlobStore(IBlobStore store, int callToInterrupt, bool afterItsEffect, Func<Task> interruption) : IBlobStore
{
    private int _calls;

    /// <summary>
    /// A store whose process dies at one of its calls: before the call takes effect, or after it did and before the caller
    /// hears of it.
    /// </summary>
    public static InterruptedBlobStore Dying(IBlobStore store, int callToDieAt, bool afterItsEffect) =>
        new(store, callToDieAt, afterItsEffect, () => throw new ProcessDiedException());

    public string Address => store.Address;

    public Task PutIfAbsentAsync(string name, Stream content, string mediaType, CancellationToken cancellationToken = default) =>
        LiveAsync(async () =>
        {
            await store.PutIfAbsentAsync(name, content, mediaType, cancellationToken);
            return true;
        });

    public Task<StoredBlob?> ReadAsync(string name, long maximumBytes, CancellationToken cancellationToken = default) =>
        LiveAsync(() => store.ReadAsync(name, maximumBytes, cancellationToken));

    public Task<bool> CopyToAsync(string name, Stream destination, CancellationToken cancellationToken = default) =>
        LiveAsync(() => store.CopyToAsync(name, destination, cancellationToken));

    public Task<bool> CompareAndSwapAsync(
        string name, ReadOnlyMemory<byte> content, string mediaType, string? expectedETag, CancellationToken cancellationToken = default) =>
        LiveAsync(() => store.CompareAndSwapAsync(name, content, mediaType, expectedETag, cancellationToken));

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        store.ListAsync(prefix, cancellationToken);

    public Task<BlobFacts?> DescribeAsync(string name, CancellationToken cancellationToken = default) =>
        LiveAsync(() => store.DescribeAsync(name, cancellationToken));

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken = default) =>
        LiveAsync(() => store.ExistsAsync(name, cancellationToken));

    private async Task<T> LiveAsync<T>(Func<Task<T>> call)
    {
        bool interrupted = ++_calls == callToInterrupt;
        if (interrupted && !afterItsEffect)
        {
            await interruption();
        }

        T answer = await call();
        if (interrupted && afterItsEffect)
        {
            await interruption();
        }

        return answer;
    }
}

/// <summary>Stands for the death of the process.</summary>
internal sealed class ProcessDiedException : Exception;
