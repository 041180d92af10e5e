using Lifecycle.Publishing.Stores;

namespace Lifecycle.Publishing.Tests.Fixtures;

/// <summary>
/// A store whose process dies at one of its calls: before the call takes effect, or after it did and before the caller
/// hears of it.
/// </summary>
internal sealed class DyingBlobStore(IBlobStore store, int callToDieAt, bool afterItsEffect) : IBlobStore
{
    public int Calls { get; private set; }

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

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken = default) =>
        LiveAsync(() => store.ExistsAsync(name, cancellationToken));

    private async Task<T> LiveAsync<T>(Func<Task<T>> call)
    {
        bool dies = ++Calls == callToDieAt;
        if (dies && !afterItsEffect)
        {
            throw new ProcessDiedException();
        }

        T answer = await call();
        return dies ? throw new ProcessDiedException() : answer;
    }
}

/// <summary>Stands for the death of the process.</summary>
internal sealed class ProcessDiedException : Exception;
