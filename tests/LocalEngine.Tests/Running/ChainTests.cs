using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.LocalEngine.Tests.Running;

public sealed class ChainTests : IAsyncLifetime
{
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public Task Workflow_ContinuingAsNew_CarriesSearchAttributesAndNoMemo() => engine.WithWorkerAsync("chain", async () =>
    {
        var countdown = await engine.Client.StartWorkflowAsync((CountdownWorkflow flow) => flow.RunAsync(2), new("countdown", "chain"));

        Assert.Equal("model-1", await countdown.GetResultAsync());
        Assert.Equal(WorkflowExecutionStatus.ContinuedAsNew, (await engine.Client.GetWorkflowHandle("countdown", countdown.ResultRunId).DescribeAsync()).Status);
        Assert.Equal(countdown.ResultRunId, (await engine.DescribeAsync("countdown")).WorkflowExecutionInfo.FirstRunId);
    });

    [Fact]
    public Task Workflow_WithRetryPolicy_TriesAgainInANewRun() => engine.WithWorkerAsync("chain", async () =>
    {
        var options = new WorkflowOptions("second-try", "chain") { RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(50) } };

        Assert.Equal(2, await engine.Client.ExecuteWorkflowAsync((SecondTryWorkflow flow) => flow.RunAsync(), options));
    });

    [Fact]
    public Task Workflow_ExceedingItsRunTimeout_TimesOut() => engine.WithWorkerAsync("chain", async () =>
    {
        var options = new WorkflowOptions("waiting", "chain") { RunTimeout = TimeSpan.FromMilliseconds(500) };

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() =>
            engine.Client.ExecuteWorkflowAsync((WaitingWorkflow flow) => flow.RunAsync(600_000), options));

        Assert.IsType<TimeoutFailureException>(failure.InnerException);
    });

    [Fact]
    public Task Timers_OneFiringAndOneCancelled_LetTheWorkflowGoOn() => engine.WithWorkerAsync("chain", async () =>
    {
        var waiting = await engine.Client.StartWorkflowAsync((WaitingWorkflow flow) => flow.RunAsync(50), new("waiting", "chain"));

        Assert.Equal("waited", await waiting.GetResultAsync());
        Assert.Equal(
            [EventType.TimerStarted, EventType.TimerStarted, EventType.TimerFired, EventType.TimerCanceled],
            (await waiting.FetchHistoryAsync()).Events.Select(recorded => recorded.EventType).Where(type => type.ToString().StartsWith("Timer", StringComparison.Ordinal)));
    });

    [Fact]
    public Task Workflow_AskedToCancel_CanFinishInItsOwnWay() => engine.WithWorkerAsync("chain", async () =>
    {
        var waiting = await engine.Client.StartWorkflowAsync((WaitingWorkflow flow) => flow.RunAsync(600_000), new("waiting", "chain"));
        await RunningEngine.UntilAsync(async () => (await waiting.FetchHistoryAsync()).Events.Any(recorded => recorded.EventType == EventType.TimerStarted));

        await waiting.CancelAsync();

        Assert.Equal("cancelled", await waiting.GetResultAsync());
        await waiting.CancelAsync();
    });

    [Fact]
    public Task Workflow_Terminated_EndsAndCannotBeSignalled() => engine.WithWorkerAsync("chain", async () =>
    {
        var words = await engine.Client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), new("words", "chain"));

        await words.TerminateAsync("enough");

        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => words.GetResultAsync());
        Assert.Equal("enough", Assert.IsType<TerminatedFailureException>(failure.InnerException).Message);
        var refusal = await Assert.ThrowsAsync<RpcException>(() => words.SignalAsync(flow => flow.AddAsync("late")));
        Assert.Equal(RpcException.StatusCode.NotFound, refusal.Code);
    });

    [Fact]
    public Task Workflow_WithLocalActivityAndPatch_ReplaysFromItsMarkers() => engine.WithWorkerAsync(
        "chain",
        async () => Assert.Equal("Hello, Ada! How are you?", await engine.Client.ExecuteWorkflowAsync((MarkersWorkflow flow) => flow.RunAsync("Ada"), new("markers", "chain"))),
        options => options.MaxCachedWorkflows = 0);
}
