using Temporalio.Api.Update.V1;

namespace Lifecycle.LocalEngine.Turns;

/// <summary>Callers that wait for news of an update. They are woken once and look again; a rejection is handed to them, since nothing else keeps it.</summary>
internal sealed class UpdateWaiters
{
    private readonly Dictionary<string, List<TaskCompletionSource<Outcome?>>> byUpdate = new(StringComparer.Ordinal);

    public bool IsEmpty => byUpdate.Count == 0;

    /// <summary>Completes at the next news of the update, with the outcome if that was its rejection.</summary>
    public Task<Outcome?> NextAsync(string updateId)
    {
        var waiter = new TaskCompletionSource<Outcome?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!byUpdate.TryGetValue(updateId, out var waiters))
        {
            byUpdate[updateId] = waiters = [];
        }

        waiters.Add(waiter);
        return waiter.Task;
    }

    /// <summary>Takes out those who wait for the update; calling the result wakes them.</summary>
    public Action Take(string updateId, Outcome? rejection)
    {
        byUpdate.Remove(updateId, out var waiters);
        return () => waiters?.ForEach(waiter => waiter.TrySetResult(rejection));
    }

    /// <summary>Wakes everyone, to look again.</summary>
    public void WakeAll()
    {
        foreach (var updateId in byUpdate.Keys.ToArray())
        {
            Take(updateId, rejection: null)();
        }
    }
}
