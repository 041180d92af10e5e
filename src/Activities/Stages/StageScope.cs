using Temporalio.Activities;

namespace Lifecycle.Activities.Stages;

/// <summary>
/// The edge of every stage: heartbeats while it works, hands it the activity's cancellation, and translates what it throws
/// into a typed failure.
/// </summary>
internal static class StageScope
{
    // The engine's answer to a heartbeat is how a worker learns that nobody waits for its work any more.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs a stage's work on the thread pool. In a stage's child process there is no activity: the worker heartbeats, and ends
    /// the process when it is cancelled.
    /// </summary>
    public static async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        ActivityExecutionContext? context = ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current : null;
        int attempt = context?.Info.Attempt ?? 1;
        try
        {
            return context is null ? await work(CancellationToken.None) : await RunHereAsync(work, context);
        }
        catch (Exception failure) when (FailureTranslation.Translate(failure, attempt) is { } translated)
        {
            throw translated;
        }
        catch (Exception failure) when (context is not null && !context.CancellationToken.IsCancellationRequested)
        {
            await RetryNotices.SendAsync(context, failure);
            throw;
        }
    }

    /// <summary>Runs a stage's synchronous work on the thread pool.</summary>
    public static Task<T> RunAsync<T>(Func<CancellationToken, T> work) => RunAsync(cancellation => Task.FromResult(work(cancellation)));

    private static async Task<T> RunHereAsync<T>(Func<CancellationToken, Task<T>> work, ActivityExecutionContext context)
    {
        string? told = null;
        ProgressReports.Listen(progress => Volatile.Write(ref told, progress));
        Task<T> task = Task.Run(() => PassThroughAsync(context.Info.ActivityType, work, context.CancellationToken), context.CancellationToken);
        await HeartbeatUntilAsync(task, context, () => Volatile.Read(ref told));
        return await task;
    }

    private static async Task<T> PassThroughAsync<T>(string activity, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        await Failpoint.PassAsync(activity, Failpoint.Before, cancellation);
        T result = await work(cancellation);
        await Failpoint.PassAsync(activity, Failpoint.After, cancellation);
        return result;
    }

    private static async Task HeartbeatUntilAsync(Task task, ActivityExecutionContext context, Func<string?> told)
    {
        // A third of the timeout: two beats may be lost before the engine takes the worker for dead.
        if (context.Info.HeartbeatTimeout is not { } timeout || timeout <= TimeSpan.Zero)
        {
            await Task.WhenAny(task);
            return;
        }

        TimeSpan silence = timeout / 3 < LongestSilence ? timeout / 3 : LongestSilence;
        while (!task.IsCompleted)
        {
            context.Heartbeat(told() is { } progress ? [progress] : []);
            await Task.WhenAny(task, Task.Delay(silence));
        }
    }
}
