namespace Lifecycle.Conformance.Tests.Engines;

/// <summary>Does a piece of work once for each key; everyone who asks for the key awaits the same work.</summary>
internal sealed class OnceFor<TKey, TResult>
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Task<TResult>> started = [];

    /// <summary>What has been begun so far.</summary>
    public IReadOnlyCollection<Task<TResult>> Started
    {
        get
        {
            lock (gate)
            {
                return [.. started.Values];
            }
        }
    }

    public Task<TResult> GetAsync(TKey key, Func<Task<TResult>> work)
    {
        lock (gate)
        {
            return started.TryGetValue(key, out var running) ? running : started[key] = Task.Run(work);
        }
    }
}
