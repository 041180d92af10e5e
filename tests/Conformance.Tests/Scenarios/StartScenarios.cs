using System.Collections.Immutable;
using Lifecycle.Conformance.Tests.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Lifecycle.Conformance.Tests.Scenarios;

/// <summary>Starting workflows, and the ways in which they end.</summary>
internal static class StartScenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("start-complete", CompleteAsync),
        new("start-id-in-use", IdInUseAsync),
        new("start-id-reuse", IdReuseAsync),
        new("start-terminate-existing", TerminateExistingAsync),
        new("start-delay", DelayAsync),
        new("start-retry", RetryAsync),
        new("start-fail", FailAsync),
        new("start-run-timeout", RunTimeoutAsync),
        new("start-task-failure", TaskFailureAsync),
        new("start-markers", MarkersAsync),
    ];

    private static async Task CompleteAsync(ScenarioRun run)
    {
        var handle = await run.Client.StartWorkflowAsync(
            (GreetingWorkflow workflow) => workflow.RunAsync("world"),
            new(run.Id(), "conformance") { StaticSummary = "a summary", StaticDetails = "details", Memo = new Dictionary<string, object> { ["note"] = "memo" } });
        Assert.Equal("hello world", await handle.GetResultAsync());
        var described = await handle.DescribeAsync();
        Assert.Equal(WorkflowExecutionStatus.Completed, described.Status);
        Assert.Equal("a summary", await described.GetStaticSummaryAsync());
        Assert.Equal(11, described.HistoryLength);
        Assert.NotNull(described.CloseTime);
    }

    private static async Task IdInUseAsync(ScenarioRun run)
    {
        var id = run.Id();
        var first = await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), run.Options(id));
        var refused = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(
            () => run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), run.Options(id)));
        Assert.Equal((id, first.ResultRunId), (refused.WorkflowId, refused.RunId));
        var options = run.Options(id);
        options.IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
        var second = await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), options);
        Assert.Equal(first.ResultRunId, second.ResultRunId);
        await WaitsAsync(first);
        await first.SignalAsync(workflow => workflow.FinishAsync());
        await first.GetResultAsync();
    }

    private static async Task IdReuseAsync(ScenarioRun run)
    {
        var id = run.Id();
        await run.Client.ExecuteWorkflowAsync((GreetingWorkflow workflow) => workflow.RunAsync("one"), run.Options(id));
        foreach (var policy in new[] { WorkflowIdReusePolicy.RejectDuplicate, WorkflowIdReusePolicy.AllowDuplicateFailedOnly })
        {
            var options = run.Options(id);
            options.IdReusePolicy = policy;
            await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(
                () => run.Client.StartWorkflowAsync((GreetingWorkflow workflow) => workflow.RunAsync("two"), options));
        }

        Assert.Equal("hello three", await run.Client.ExecuteWorkflowAsync((GreetingWorkflow workflow) => workflow.RunAsync("three"), run.Options(id)));
    }

    private static async Task TerminateExistingAsync(ScenarioRun run)
    {
        var id = run.Id();
        var first = await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), run.Options(id));
        run.Record(id, first.ResultRunId);
        await WaitsAsync(first);
        var options = run.Options(id);
        options.IdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting;
        var second = await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), options);
        await WaitsAsync(second);
        await second.SignalAsync(workflow => workflow.FinishAsync());
        await second.GetResultAsync();
        Assert.Equal(WorkflowExecutionStatus.Terminated, (await run.Client.GetWorkflowHandle(id, first.ResultRunId).DescribeAsync()).Status);
    }

    private static Task WaitsAsync(WorkflowHandle handle) => ScenarioRun.EventuallyAsync(
        async () => (await handle.DescribeAsync()).HistoryLength >= 4, "the workflow waits");

    private static async Task DelayAsync(ScenarioRun run)
    {
        var options = run.Options(run.Id());
        options.StartDelay = TimeSpan.FromMilliseconds(300);
        var handle = await run.Client.StartWorkflowAsync((GreetingWorkflow workflow) => workflow.RunAsync("late"), options);
        Assert.Equal("hello late", await handle.GetResultAsync());
        var described = await handle.DescribeAsync();
        Assert.True(described.ExecutionTime - described.StartTime >= TimeSpan.FromMilliseconds(250));
    }

    private static async Task RetryAsync(ScenarioRun run)
    {
        var options = run.Options(run.Id());
        options.RetryPolicy = new RetryPolicy { InitialInterval = TimeSpan.FromMilliseconds(20), MaximumAttempts = 3 };
        var handle = await run.Client.StartWorkflowAsync((FailingWorkflow workflow) => workflow.RunAsync(2), options);
        Assert.Equal(2, await handle.GetResultAsync());
        run.Record(handle.Id, handle.ResultRunId);
    }

    private static async Task FailAsync(ScenarioRun run)
    {
        var handle = await run.Client.StartWorkflowAsync((FailingWorkflow workflow) => workflow.RunAsync(9), run.Options(run.Id()));
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        Assert.Equal("Planned", Assert.IsType<ApplicationFailureException>(failure.InnerException).ErrorType);
    }

    private static async Task RunTimeoutAsync(ScenarioRun run)
    {
        var options = run.Options(run.Id());
        options.RunTimeout = TimeSpan.FromSeconds(2);
        var handle = await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), options);
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        Assert.IsType<TimeoutFailureException>(failure.InnerException);
    }

    private static async Task TaskFailureAsync(ScenarioRun run) => Assert.Equal(
        "recovered", await run.Client.ExecuteWorkflowAsync((UnstableWorkflow workflow) => workflow.RunAsync(), run.Options(run.Id())));

    private static async Task MarkersAsync(ScenarioRun run) => Assert.Equal(
        "hello local, patched: True", await run.Client.ExecuteWorkflowAsync((MarkerWorkflow workflow) => workflow.RunAsync(), run.Options(run.Id())));
}
