using System.Collections.Immutable;
using Lifecycle.Conformance.Tests.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Lifecycle.Conformance.Tests.Scenarios;

/// <summary>Timers, child workflows, messages between workflows, chains of runs, attributes.</summary>
internal static class CompositionScenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("timers", TimersAsync),
        new("child-complete", run => ChildAsync(run, ChildPlan.Complete, "hello child", WorkflowExecutionStatus.Completed)),
        new("child-fail", run => ChildAsync(run, ChildPlan.Fail, nameof(ApplicationFailureException), WorkflowExecutionStatus.Failed)),
        new("child-cancel", run => ChildAsync(run, ChildPlan.Cancel, nameof(CanceledFailureException), WorkflowExecutionStatus.Canceled)),
        new("child-terminated-with-parent", run => ChildAsync(run, ChildPlan.LeaveTerminated, "left", WorkflowExecutionStatus.Terminated)),
        new("child-abandoned", run => ChildAsync(run, ChildPlan.LeaveAbandoned, "left", WorkflowExecutionStatus.Running)),
        new("child-id-in-use", run => ChildAsync(run, ChildPlan.StartTwice, nameof(WorkflowAlreadyStartedException), WorkflowExecutionStatus.Terminated)),
        new("external-delivered", MessageAsync),
        new("external-missing", MissingTargetAsync),
        new("continue-as-new", ChainAsync),
        new("attributes", AttributesAsync),
    ];

    private static async Task TimersAsync(ScenarioRun run) => Assert.Equal(
        "fired and cancelled", await run.Client.ExecuteWorkflowAsync((TimerWorkflow workflow) => workflow.RunAsync(), run.Options(run.Id())));

    private static async Task ChildAsync(ScenarioRun run, ChildPlan plan, string result, WorkflowExecutionStatus childStatus)
    {
        var id = run.Id();
        Assert.Equal(result, await run.Client.ExecuteWorkflowAsync((ParentWorkflow workflow) => workflow.RunAsync(plan), run.Options(id)));
        var child = run.Client.GetWorkflowHandle(run.Id("main/child"));
        await ScenarioRun.EventuallyAsync(async () => (await child.DescribeAsync()).Status == childStatus, $"the child is {childStatus}");
        await ScenarioRun.EventuallyAsync(async () => childStatus != WorkflowExecutionStatus.Running || (await child.DescribeAsync()).HistoryLength >= 4, "the child waits");
        var described = await child.DescribeAsync();
        Assert.Equal(id, described.ParentId);
        Assert.Equal(id, (await run.DescribeAsync(child.Id)).WorkflowExecutionInfo.RootExecution.WorkflowId);
    }

    private static async Task MessageAsync(ScenarioRun run)
    {
        var target = await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), run.Options(run.Unrecorded("target")));
        await ScenarioRun.EventuallyAsync(async () => (await target.DescribeAsync()).HistoryLength >= 4, "the target waits");
        Assert.Equal("delivered", await run.Client.ExecuteWorkflowAsync((MessengerWorkflow workflow) => workflow.RunAsync(target.Id), run.Options(run.Id())));
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => target.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failure.InnerException);
        var types = (await target.FetchHistoryAsync()).Events.Select(@event => @event.EventType).ToList();
        Assert.Contains(EventType.WorkflowExecutionSignaled, types);
        Assert.Contains(EventType.WorkflowExecutionCancelRequested, types);
    }

    private static async Task MissingTargetAsync(ScenarioRun run) => Assert.Contains(
        "not found",
        await run.Client.ExecuteWorkflowAsync((MessengerWorkflow workflow) => workflow.RunAsync("nobody"), run.Options(run.Id())),
        StringComparison.OrdinalIgnoreCase);

    private static async Task ChainAsync(ScenarioRun run)
    {
        var options = run.Options(run.Id());
        options.Memo = new Dictionary<string, object> { ["kept"] = "yes" };
        options.TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(SuiteAttributes.Model, "chained").ToSearchAttributeCollection();
        var handle = await run.Client.StartWorkflowAsync((ChainWorkflow workflow) => workflow.RunAsync(2), options);
        Assert.Equal(0, await handle.GetResultAsync());
        run.Record(handle.Id, handle.ResultRunId);
        var latest = await run.Client.GetWorkflowHandle(handle.Id).DescribeAsync();
        Assert.NotEqual(handle.ResultRunId, latest.RunId);
        Assert.Equal("chained", latest.TypedSearchAttributes.Get(SuiteAttributes.Model));
        Assert.Equal("yes", await latest.Memo["kept"].ToValueAsync<string>());
    }

    private static async Task AttributesAsync(ScenarioRun run)
    {
        var options = run.Options(run.Id());
        options.Memo = new Dictionary<string, object> { ["draft"] = true, ["kept"] = 1 };
        options.TypedSearchAttributes = new SearchAttributeCollection.Builder()
            .Set(SuiteAttributes.Model, "disposable-domain").Set(SuiteAttributes.Score, 0.5).Set(SuiteAttributes.Urgent, true)
            .Set(SuiteAttributes.Due, new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero)).Set(SuiteAttributes.Tags, ["a", "b"])
            .ToSearchAttributeCollection();
        var handle = await run.Client.StartWorkflowAsync((AttributeWorkflow workflow) => workflow.RunAsync(), options);
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Memo.ContainsKey("stage"), "the new memo");
        var described = await handle.DescribeAsync();
        Assert.Equal(["kept", "stage"], described.Memo.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(42, described.TypedSearchAttributes.Get(SuiteAttributes.Rows));
        Assert.False(described.TypedSearchAttributes.ContainsKey(SuiteAttributes.Urgent));
        await handle.SignalAsync(workflow => workflow.FinishAsync());
        Assert.Equal("42", await handle.GetResultAsync());
    }
}
