using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using ParentClosePolicy = Temporalio.Workflows.ParentClosePolicy;

namespace Lifecycle.LocalEngine.Tests.Running;

public sealed class FamilyTests : IAsyncLifetime
{
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public Task Child_SignalledByItsParent_ReturnsToIt() => engine.WithWorkerAsync("family", async () =>
        Assert.Equal("mama", await PlayAsync(new("child"))));

    [Fact]
    public Task Child_Failing_FailsToItsParent() => engine.WithWorkerAsync("family", async () =>
        Assert.Equal("the child failed", await PlayAsync(new("child", ChildFails: true))));

    [Fact]
    public Task Child_WhoseIdIsTaken_IsRefusedToItsParent() => engine.WithWorkerAsync("family", async () =>
    {
        await engine.Client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), new("child", "family"));

        Assert.Equal("taken", await PlayAsync(new("child")));
    });

    [Theory]
    [InlineData(ParentClosePolicy.Terminate, WorkflowExecutionStatus.Terminated)]
    [InlineData(ParentClosePolicy.RequestCancel, WorkflowExecutionStatus.Canceled)]
    [InlineData(ParentClosePolicy.Abandon, WorkflowExecutionStatus.Running)]
    public Task Child_OutlivingItsParent_FollowsTheParentClosePolicy(ParentClosePolicy policy, WorkflowExecutionStatus expected) =>
        engine.WithWorkerAsync("family", async () =>
        {
            Assert.Equal("ended first", await PlayAsync(new("child", EndsFirst: true, Policy: policy)));

            await RunningEngine.UntilAsync(async () => (await engine.DescribeAsync("child")).WorkflowExecutionInfo.Status == expected);
            Assert.Equal("parent", (await engine.DescribeAsync("child")).WorkflowExecutionInfo.ParentExecution.WorkflowId);
        });

    [Fact]
    public Task Stranger_SignalledAndCancelled_SeesBoth() => engine.WithWorkerAsync("family", async () =>
    {
        var words = await engine.Client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), new("words", "family"));

        Assert.Equal("done", await engine.Client.ExecuteWorkflowAsync((StrangerWorkflow flow) => flow.RunAsync("words"), new("stranger", "family")));
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => words.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failure.InnerException);
        Assert.Contains((await words.FetchHistoryAsync()).Events, candidate => candidate.WorkflowExecutionSignaledEventAttributes?.SignalName == "Add");
    });

    [Fact]
    public Task Stranger_ThatDoesNotExist_CannotBeSignalled() => engine.WithWorkerAsync("family", async () => Assert.Contains(
        "was not found",
        await engine.Client.ExecuteWorkflowAsync((StrangerWorkflow flow) => flow.RunAsync("nobody"), new("stranger", "family")),
        StringComparison.Ordinal));

    private Task<string> PlayAsync(FamilyPlan plan) =>
        engine.Client.ExecuteWorkflowAsync((ParentWorkflow flow) => flow.RunAsync(plan), new("parent", "family"));
}
