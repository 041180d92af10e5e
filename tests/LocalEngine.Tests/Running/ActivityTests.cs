using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.LocalEngine.Tests.Running;

public sealed class ActivityTests : IAsyncLifetime
{
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Theory]
    [InlineData(Trouble.FailsTwice, "attempt 3")]
    [InlineData(Trouble.FailsForGood, "ApplicationFailureException: no use")]
    [InlineData(Trouble.ExhaustsAttempts, "ApplicationFailureException: attempt 2 failed")]
    [InlineData(Trouble.MissesHeartbeat, "resumed at 42")]
    [InlineData(Trouble.ExceedsStartToClose, "TimeoutFailureException: StartToClose")]
    [InlineData(Trouble.ExceedsScheduleToClose, "TimeoutFailureException: ScheduleToClose")]
    [InlineData(Trouble.NobodyTakesIt, "TimeoutFailureException: ScheduleToStart")]
    [InlineData(Trouble.IsCancelled, "CanceledFailureException: ")]
    [InlineData(Trouble.IsCancelledBeforeStart, "CanceledFailureException: ")]
    public Task Activity_InTrouble_EndsAsItsOptionsSay(Trouble trouble, string outcome) => engine.WithWorkerAsync("activities", async () =>
        Assert.StartsWith(outcome, await engine.Client.ExecuteWorkflowAsync((TroubledWorkflow flow) => flow.RunAsync(trouble), new("troubled", "activities"))));

    [Fact]
    public Task Activity_Retrying_IsDescribedWithItsLastFailureAndLeavesNoEventOfItsAttempts() => engine.WithWorkerAsync("activities", async () =>
    {
        var troubled = await engine.Client.StartWorkflowAsync((TroubledWorkflow flow) => flow.RunAsync(Trouble.FailsTwice), new("troubled", "activities"));
        Assert.Equal("attempt 3", await troubled.GetResultAsync());

        var started = Assert.Single((await troubled.FetchHistoryAsync()).Events, candidate => candidate.ActivityTaskStartedEventAttributes is not null);
        Assert.Equal(3, started.ActivityTaskStartedEventAttributes.Attempt);
        Assert.Equal("attempt 2 failed", started.ActivityTaskStartedEventAttributes.LastFailure.Message);
    });

    [Fact]
    public Task Activity_CompletedByItsId_GivesTheResultFromOutside() => engine.WithWorkerAsync("activities", async () =>
    {
        var outside = await engine.Client.StartWorkflowAsync((OutsideWorkflow flow) => flow.RunAsync(), new("outside", "activities"));
        await RunningEngine.UntilAsync(async () => (await engine.DescribeAsync("outside")).PendingActivities is [{ State: Temporalio.Api.Enums.V1.PendingActivityState.Started }]);

        await engine.Client.GetAsyncActivityHandle("outside", outside.ResultRunId!, "by-hand").CompleteAsync("from outside");

        Assert.Equal("from outside", await outside.GetResultAsync());
    });

    [Fact]
    public Task ActivityById_WithoutSuchAnActivity_IsNotFound() => engine.WithWorkerAsync("activities", async () =>
    {
        var words = await engine.Client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), new("words", "activities"));

        var refusal = await Assert.ThrowsAsync<RpcException>(() => engine.Client.GetAsyncActivityHandle("words", words.ResultRunId!, "none").CompleteAsync("x"));

        Assert.Equal(RpcException.StatusCode.NotFound, refusal.Code);
    });
}
