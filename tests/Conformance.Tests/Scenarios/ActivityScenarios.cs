using System.Collections.Immutable;
using Lifecycle.Conformance.Tests.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Conformance.Tests.Scenarios;

/// <summary>Activities: retries, heartbeats, each timeout, cancellation and completion from outside.</summary>
internal static class ActivityScenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("activity-retry", run => SucceedAsync(run, new("SucceedAtAttempt") { Argument = 3 }, "3")),
        new("activity-heartbeat-details", run => SucceedAsync(run, new("ResumeFromHeartbeat"), "half way")),
        new("activity-attempts-exhausted", run => FailAsync<ApplicationFailureException>(run, new("SucceedAtAttempt") { Argument = 9, MaximumAttempts = 2 }, RetryState.MaximumAttemptsReached)),
        new("activity-not-retryable", run => FailAsync<ApplicationFailureException>(run, new("FailForGood"), RetryState.NonRetryableFailure)),
        new("activity-start-to-close", run => FailAsync<TimeoutFailureException>(run, new("Hang") { StartToCloseMilliseconds = 300, MaximumAttempts = 1 }, RetryState.MaximumAttemptsReached)),
        new("activity-heartbeat-timeout", run => FailAsync<TimeoutFailureException>(run, new("Hang") { HeartbeatMilliseconds = 300, MaximumAttempts = 1 }, RetryState.MaximumAttemptsReached)),
        new("activity-schedule-to-start", run => FailAsync<TimeoutFailureException>(run, new("Hang") { ScheduleToStartMilliseconds = 300, TaskQueue = "nobody" }, RetryState.NonRetryableFailure)),
        new("activity-schedule-to-close", run => FailAsync<TimeoutFailureException>(run, new("Hang") { ScheduleToCloseMilliseconds = 1_500 }, RetryState.NonRetryableFailure)),
        new("activity-retry-too-late", run => FailAsync<ApplicationFailureException>(run, new("SucceedAtAttempt") { Argument = 9, RetryMilliseconds = 60_000, ScheduleToCloseMilliseconds = 10_000 }, RetryState.Timeout)),
        new("activity-cancel-wait", run => CancelAsync(run, ActivityCancellationType.WaitCancellationCompleted)),
        new("activity-cancel-try", run => CancelAsync(run, ActivityCancellationType.TryCancel)),
        new("activity-completed-outside", CompletedOutsideAsync),
        new("activity-pending", PendingAsync),
    ];

    private static async Task SucceedAsync(ScenarioRun run, ActivityPlan plan, string result) => Assert.Equal(
        result, await run.Client.ExecuteWorkflowAsync((ActivityWorkflow workflow) => workflow.RunAsync(plan), run.Options(run.Id())));

    private static async Task FailAsync<TCause>(ScenarioRun run, ActivityPlan plan, RetryState state)
        where TCause : Exception
    {
        var handle = await run.Client.StartWorkflowAsync((ActivityWorkflow workflow) => workflow.RunAsync(plan), run.Options(run.Id()));
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        var activity = Assert.IsType<ActivityFailureException>(failure.InnerException);
        Assert.IsType<TCause>(activity.InnerException);
        Assert.Equal(state, activity.RetryState);
    }

    private static async Task CancelAsync(ScenarioRun run, ActivityCancellationType type)
    {
        var handle = await run.Client.StartWorkflowAsync((ActivityCancellationWorkflow workflow) => workflow.RunAsync(type), run.Options(run.Id()));
        await ScenarioRun.EventuallyAsync(async () => (await run.DescribeAsync(handle.Id)).PendingActivities is [{ State: PendingActivityState.Started }], "the activity runs");
        await handle.SignalAsync(workflow => workflow.CancelActivityAsync());
        Assert.Equal("cancelled", await handle.GetResultAsync());
    }

    private static async Task CompletedOutsideAsync(ScenarioRun run)
    {
        var handle = await run.Client.StartWorkflowAsync((AsyncActivityWorkflow workflow) => workflow.RunAsync(), run.Options(run.Id()));
        await ScenarioRun.EventuallyAsync(() => handle.QueryAsync(workflow => workflow.Noted), "the activity waits");
        await run.Client.GetAsyncActivityHandle(handle.Id, handle.ResultRunId!, "later").CompleteAsync("from outside");
        Assert.Equal("from outside", await handle.GetResultAsync());
    }

    private static async Task PendingAsync(ScenarioRun run)
    {
        var plan = new ActivityPlan("SucceedAtAttempt") { Argument = 3, MaximumAttempts = 4, TaskQueue = "nobody-at-all" };
        var handle = await run.Client.StartWorkflowAsync((ActivityWorkflow workflow) => workflow.RunAsync(plan), run.Options(run.Id()));
        await ScenarioRun.EventuallyAsync(async () => (await run.DescribeAsync(handle.Id)).PendingActivities.Count == 1, "the activity is pending");
        var pending = (await run.DescribeAsync(handle.Id)).PendingActivities[0];
        Assert.Equal(PendingActivityState.Scheduled, pending.State);
        Assert.Equal(("SucceedAtAttempt", 1, 4), (pending.ActivityType.Name, pending.Attempt, pending.MaximumAttempts));
        await handle.TerminateAsync("seen");
    }
}
