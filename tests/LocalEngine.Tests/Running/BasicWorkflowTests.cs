using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.LocalEngine.Tests.Running;

public sealed class BasicWorkflowTests : IAsyncLifetime
{
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public Task Workflow_WithOneActivity_ReturnsItsResult() => engine.WithWorkerAsync("basic", async () =>
    {
        var greeting = await engine.Client.ExecuteWorkflowAsync((GreetingWorkflow flow) => flow.RunAsync("Ada"), new("greeting", "basic"));

        Assert.Equal("Hello, Ada!", greeting);
    });

    [Fact]
    public Task Workflow_SignalledQueriedAndUpdated_SeesAll() => engine.WithWorkerAsync("basic", async () =>
    {
        var words = await engine.Client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), new("words", "basic"));
        await words.SignalAsync(flow => flow.AddAsync("first"));
        var countAfterUpdate = await words.ExecuteUpdateAsync(flow => flow.AddGreetingAsync("Ada"));
        var countAsQueried = await words.QueryAsync(flow => flow.Count());
        await words.SignalAsync(flow => flow.FinishAsync());

        Assert.Equal(2, countAfterUpdate);
        Assert.Equal(2, countAsQueried);
        Assert.Equal("first Hello, Ada!", await words.GetResultAsync());
    });

    [Fact]
    public Task Update_RejectedByItsValidator_FailsAndLeavesNoEvent() => engine.WithWorkerAsync("basic", async () =>
    {
        var words = await engine.Client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), new("words", "basic"));
        await words.QueryAsync(flow => flow.Count());
        var before = (await words.FetchHistoryAsync()).Events.Count;

        var failure = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => words.ExecuteUpdateAsync(flow => flow.AddGreetingAsync("")));

        Assert.Equal("NoName", Assert.IsType<ApplicationFailureException>(failure.InnerException).ErrorType);
        Assert.Equal(before, (await words.FetchHistoryAsync()).Events.Count);
    });
}
