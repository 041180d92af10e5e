using Temporalio.Client;

namespace Lifecycle.LocalEngine.Tests.Running;

/// <summary>The engine is closed in the middle of a run and opened again; the run goes on where it was.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Run_WaitingForAWorker_FinishesAfterARestart()
    {
        await engine.Client.StartWorkflowAsync((GreetingWorkflow flow) => flow.RunAsync("Ada"), new("greeting", "restart"));

        await ReopenAsync();

        await engine.WithWorkerAsync("restart", async () =>
            Assert.Equal("Hello, Ada!", await engine.Client.GetWorkflowHandle<GreetingWorkflow, string>("greeting").GetResultAsync()));
    }

    [Fact]
    public async Task Run_WaitingForASignal_RemembersWhatItWasTold()
    {
        await engine.WithWorkerAsync("restart", async () =>
        {
            var words = await engine.Client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), new("words", "restart"));
            await words.SignalAsync(flow => flow.AddAsync("before"));
            Assert.Equal(2, await words.ExecuteUpdateAsync(flow => flow.AddGreetingAsync("Ada"), new("the-update")));
        });

        await ReopenAsync();

        await engine.WithWorkerAsync("restart", async () =>
        {
            var words = engine.Client.GetWorkflowHandle<WordsWorkflow, string>("words");
            Assert.Equal(2, await words.ExecuteUpdateAsync(flow => flow.AddGreetingAsync("ignored"), new("the-update")));
            await words.SignalAsync(flow => flow.FinishAsync());
            Assert.Equal("before Hello, Ada!", await words.GetResultAsync());
        });
    }

    [Fact]
    public async Task Timer_DueWhileTheEngineWasDown_FiresAfterARestart()
    {
        await engine.WithWorkerAsync("restart", async () =>
        {
            await engine.Client.StartWorkflowAsync((WaitingWorkflow flow) => flow.RunAsync(1_500), new("waiting", "restart"));
            await RunningEngine.UntilAsync(async () => (await engine.DescribeAsync("waiting")).WorkflowExecutionInfo.HistoryLength >= 6);
        });

        await ReopenAsync();

        await engine.WithWorkerAsync("restart", async () =>
            Assert.Equal("waited", await engine.Client.GetWorkflowHandle<WaitingWorkflow, string>("waiting").GetResultAsync()));
    }

    [Fact]
    public async Task ActivityInBackoff_KeepsItsAttemptsThroughARestart()
    {
        await engine.WithWorkerAsync("restart", async () =>
        {
            await engine.Client.StartWorkflowAsync((PatientWorkflow flow) => flow.RunAsync(), new("patient", "restart"));
            await RunningEngine.UntilAsync(async () => (await engine.DescribeAsync("patient")).PendingActivities is [{ Attempt: 2 }]);
        });

        await ReopenAsync();
        var pending = Assert.Single((await engine.DescribeAsync("patient")).PendingActivities);
        Assert.Equal("attempt 1 failed", pending.LastFailure.Message);

        // The second attempt may have begun on the first worker while it was stopping, and be lost with it; it is not counted from 1 again.
        await engine.WithWorkerAsync("restart", async () =>
            Assert.InRange(await engine.Client.GetWorkflowHandle<PatientWorkflow, int>("patient").GetResultAsync(), 2, 3));
    }

    [Fact]
    public async Task Child_StartedBeforeARestart_StillReportsToItsParent()
    {
        await engine.WithWorkerAsync("restart", async () =>
        {
            await engine.Client.StartWorkflowAsync((WaitingParentWorkflow flow) => flow.RunAsync(), new("parent", "restart"));
            await RunningEngine.UntilAsync(async () => (await engine.DescribeAsync("parent")).PendingChildren is [{ RunId.Length: > 0 }]);
        });

        await ReopenAsync();

        await engine.WithWorkerAsync("restart", async () =>
        {
            await engine.Client.GetWorkflowHandle<ChildWorkflow>("child").SignalAsync(flow => flow.TellAsync("papa"));
            Assert.Equal("papa", await engine.Client.GetWorkflowHandle<WaitingParentWorkflow, string>("parent").GetResultAsync());
        });
    }

    private async Task ReopenAsync()
    {
        await engine.CloseAsync();
        await engine.OpenAsync();
    }
}
