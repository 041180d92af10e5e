using System.Collections.Concurrent;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Long polls of histories. Whoever waits subscribes first, then reads, so no change falls between.</summary>
internal sealed class RunChanges
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource> byRun = new();

    /// <summary>Completes when the run changes after this call.</summary>
    public Task NextAsync(long runKey) =>
        byRun.GetOrAdd(runKey, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Announce(long runKey)
    {
        if (byRun.TryRemove(runKey, out var waiters))
        {
            waiters.TrySetResult();
        }
    }
}
