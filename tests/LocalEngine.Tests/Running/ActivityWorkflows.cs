using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.LocalEngine.Tests.Running;

/// <summary>Activities that fail, hang, beat and give in, as a workflow asks them to.</summary>
public sealed class TroubledActivities
{
    [Activity]
    public static int FailUntilAttempt(int attempt)
    {
        var current = ActivityExecutionContext.Current.Info.Attempt;
        return current >= attempt ? current : throw new ApplicationFailureException($"attempt {current} failed", errorType: "Flaky");
    }

    [Activity]
    public static void FailForGood() => throw new ApplicationFailureException("no use", errorType: "Broken", nonRetryable: true);

    /// <summary>Beats once with its attempt and hangs; the second attempt returns what the first beat.</summary>
    [Activity]
    public static async Task<int> HangOnceAfterHeartbeatAsync()
    {
        var context = ActivityExecutionContext.Current;
        if (context.Info.Attempt > 1)
        {
            return await context.Info.HeartbeatDetailAtAsync<int>(0);
        }

        context.Heartbeat(41 + context.Info.Attempt);
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
        return 0;
    }

    [Activity]
    public static string LeaveToOthers() => throw new CompleteAsyncException();

    [Activity]
    public static async Task HangAsync() => await Task.Delay(Timeout.Infinite, ActivityExecutionContext.Current.CancellationToken);

    /// <summary>Beats until it is asked to cancel.</summary>
    [Activity]
    public static async Task BeatUntilCancelledAsync()
    {
        var context = ActivityExecutionContext.Current;
        while (!context.CancellationToken.IsCancellationRequested)
        {
            context.Heartbeat("alive");
            await Task.WhenAny(Task.Delay(100), Task.Delay(Timeout.Infinite, context.CancellationToken));
        }

        context.CancellationToken.ThrowIfCancellationRequested();
    }
}

/// <summary>An activity that is completed from outside, by the id <c>by-hand</c>.</summary>
[Workflow]
public class OutsideWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync() => Workflow.ExecuteActivityAsync(
        () => TroubledActivities.LeaveToOthers(),
        new() { ActivityId = "by-hand", StartToCloseTimeout = TimeSpan.FromSeconds(30) });
}

/// <summary>An activity that fails once and waits a second before it is tried again.</summary>
[Workflow]
public class PatientWorkflow
{
    [WorkflowRun]
    public Task<int> RunAsync() => Workflow.ExecuteActivityAsync(
        () => TroubledActivities.FailUntilAttempt(2),
        new() { StartToCloseTimeout = TimeSpan.FromSeconds(30), RetryPolicy = new() { InitialInterval = TimeSpan.FromSeconds(2) } });
}

/// <summary>What goes wrong in the one activity of a <see cref="TroubledWorkflow"/>.</summary>
public enum Trouble
{
    FailsTwice,
    FailsForGood,
    ExhaustsAttempts,
    MissesHeartbeat,
    ExceedsStartToClose,
    ExceedsScheduleToClose,
    NobodyTakesIt,
    IsCancelled,
    IsCancelledBeforeStart,
}

[Workflow]
public class TroubledWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(Trouble trouble)
    {
        try
        {
            return await PlayAsync(trouble);
        }
        catch (ActivityFailureException failure)
        {
            return $"{failure.InnerException!.GetType().Name}: {(failure.InnerException as TimeoutFailureException)?.TimeoutType.ToString() ?? failure.InnerException.Message}";
        }
    }

    private static async Task<string> PlayAsync(Trouble trouble)
    {
        ActivityOptions quick = new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(30),
            RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(10), BackoffCoefficient = 1 },
        };
        switch (trouble)
        {
            case Trouble.FailsTwice:
                return $"attempt {await Workflow.ExecuteActivityAsync(() => TroubledActivities.FailUntilAttempt(3), quick)}";
            case Trouble.FailsForGood:
                await Workflow.ExecuteActivityAsync(() => TroubledActivities.FailForGood(), quick);
                return "impossible";
            case Trouble.ExhaustsAttempts:
                quick.RetryPolicy!.MaximumAttempts = 2;
                return $"attempt {await Workflow.ExecuteActivityAsync(() => TroubledActivities.FailUntilAttempt(3), quick)}";
            case Trouble.MissesHeartbeat:
                quick.HeartbeatTimeout = TimeSpan.FromMilliseconds(500);
                return $"resumed at {await Workflow.ExecuteActivityAsync(() => TroubledActivities.HangOnceAfterHeartbeatAsync(), quick)}";
            case Trouble.ExceedsStartToClose:
                quick.StartToCloseTimeout = TimeSpan.FromMilliseconds(300);
                quick.RetryPolicy!.MaximumAttempts = 1;
                break;
            case Trouble.ExceedsScheduleToClose:
                quick.ScheduleToCloseTimeout = TimeSpan.FromMilliseconds(400);
                break;
            case Trouble.NobodyTakesIt:
                quick.ScheduleToStartTimeout = TimeSpan.FromMilliseconds(300);
                quick.TaskQueue = "nobody";
                break;
            case Trouble.IsCancelled:
                return await CancelledAsync(new()
                {
                    StartToCloseTimeout = TimeSpan.FromSeconds(30),
                    HeartbeatTimeout = TimeSpan.FromSeconds(1),
                    CancellationType = ActivityCancellationType.WaitCancellationCompleted,
                });
            case Trouble.IsCancelledBeforeStart:
                return await CancelledAsync(new() { StartToCloseTimeout = TimeSpan.FromSeconds(30), TaskQueue = "nobody" });
        }

        await Workflow.ExecuteActivityAsync(() => TroubledActivities.HangAsync(), quick);
        return "impossible";
    }

    private static async Task<string> CancelledAsync(ActivityOptions options)
    {
        using var cancellation = new CancellationTokenSource();
        options.CancellationToken = cancellation.Token;
        var activity = Workflow.ExecuteActivityAsync(() => TroubledActivities.BeatUntilCancelledAsync(), options);
        await Workflow.DelayAsync(300);
#pragma warning disable CA1849, VSTHRD103 // In a workflow, cancelling is synchronous: CancelAsync would leave its scheduler.
        cancellation.Cancel();
#pragma warning restore CA1849, VSTHRD103
        await activity;
        return "impossible";
    }
}

/// <summary>A local activity, a patch, a random number: what replays from markers and seeds.</summary>
[Workflow]
public class MarkersWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(string name)
    {
        var greeting = await Workflow.ExecuteLocalActivityAsync(
            () => GreetingActivities.Greet(name),
            new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
        return Workflow.Patched("polite") ? greeting + " How are you?" : greeting;
    }
}
