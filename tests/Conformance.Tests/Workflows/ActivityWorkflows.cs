using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Conformance.Tests.Workflows;

/// <summary>One activity to run, by its name and limits. Milliseconds; zero is no limit.</summary>
public sealed record ActivityPlan(string Activity)
{
    public int? Argument { get; init; }

    public int MaximumAttempts { get; init; }

    public int StartToCloseMilliseconds { get; init; } = 10_000;

    public int ScheduleToStartMilliseconds { get; init; }

    public int ScheduleToCloseMilliseconds { get; init; }

    public int HeartbeatMilliseconds { get; init; }

    public int RetryMilliseconds { get; init; } = 20;

    /// <summary>A task queue that no worker polls, for schedule-to-start timeouts.</summary>
    public string? TaskQueue { get; init; }
}

/// <summary>Runs one activity as planned; its failure is the workflow's failure.</summary>
[Workflow]
public sealed class ActivityWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(ActivityPlan plan)
    {
        var result = await Workflow.ExecuteActivityAsync<object?>(plan.Activity, plan.Argument is { } argument ? [argument] : [], new()
        {
            StartToCloseTimeout = Limit(plan.StartToCloseMilliseconds),
            ScheduleToStartTimeout = Limit(plan.ScheduleToStartMilliseconds),
            ScheduleToCloseTimeout = Limit(plan.ScheduleToCloseMilliseconds),
            HeartbeatTimeout = Limit(plan.HeartbeatMilliseconds),
            TaskQueue = plan.TaskQueue,
            RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromMilliseconds(plan.RetryMilliseconds), MaximumAttempts = plan.MaximumAttempts },
        });
        return $"{result}";
    }

    private static TimeSpan? Limit(int milliseconds) => milliseconds == 0 ? null : TimeSpan.FromMilliseconds(milliseconds);
}

/// <summary>Starts a heartbeating activity and cancels it when signalled.</summary>
[Workflow]
public sealed class ActivityCancellationWorkflow
{
    private bool cancelled;

    [WorkflowRun]
    public async Task<string> RunAsync(ActivityCancellationType type)
    {
        using var cancellation = new CancellationTokenSource();
        var activity = Workflow.ExecuteActivityAsync((SuiteActivities activities) => activities.HeartbeatUntilCancelledAsync(), new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(20),
            HeartbeatTimeout = TimeSpan.FromSeconds(2),
            CancellationType = type,
            CancellationToken = cancellation.Token,
        });
        await Workflow.WaitConditionAsync(() => cancelled);
#pragma warning disable CA1849, VSTHRD103 // CancelAsync leaves the workflow's scheduler.
        cancellation.Cancel();
#pragma warning restore CA1849, VSTHRD103
        try
        {
            await activity;
            return "completed";
        }
        catch (ActivityFailureException failure) when (TemporalException.IsCanceledException(failure))
        {
            return "cancelled";
        }
    }

    [WorkflowSignal]
    public Task CancelActivityAsync()
    {
        cancelled = true;
        return Task.CompletedTask;
    }
}

/// <summary>Waits for an activity that a client completes.</summary>
[Workflow]
public sealed class AsyncActivityWorkflow
{
    private bool noted;

    [WorkflowQuery]
    public bool Noted => noted;

    [WorkflowRun]
    public Task<string> RunAsync() => Workflow.ExecuteActivityAsync(
        (SuiteActivities activities) => activities.CompleteLaterAsync(),
        new() { StartToCloseTimeout = TimeSpan.FromSeconds(20), ActivityId = "later" });

    [WorkflowSignal]
    public Task NoteAsync(string note)
    {
        noted = note.Length > 0;
        return Task.CompletedTask;
    }
}

/// <summary>On cancellation runs one more activity, then ends as it is told.</summary>
[Workflow]
public sealed class CleanupWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(bool endAsCancelled)
    {
        try
        {
            await Workflow.DelayAsync(TimeSpan.FromHours(1));
            return "never cancelled";
        }
        catch (Exception failure) when (TemporalException.IsCanceledException(failure))
        {
            var cleaned = await Workflow.ExecuteActivityAsync((SuiteActivities activities) => activities.Greet("cleanup"), new()
            {
                StartToCloseTimeout = TimeSpan.FromSeconds(10),
                CancellationToken = CancellationToken.None,
            });
            if (endAsCancelled)
            {
                throw;
            }

            return cleaned;
        }
    }
}

/// <summary>One version marker and one local activity.</summary>
[Workflow]
public sealed class MarkerWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        var patched = Workflow.Patched("first-patch");
        var greeting = await Workflow.ExecuteLocalActivityAsync(
            (SuiteActivities activities) => activities.Greet("local"), new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
        return $"{greeting}, patched: {patched}";
    }
}
