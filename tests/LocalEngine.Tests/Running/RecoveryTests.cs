using Lifecycle.LocalEngine.Frontend;
using Lifecycle.LocalEngine.History;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Lifecycle.LocalEngine.Tests.Running;

/// <summary>A transaction fails, and the first that succeeds after it is one that sends a message. Time stands still: nothing comes between.</summary>
public sealed class RecoveryTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync(time);

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Child_OrderedByTheFirstSuccessAfterAFailure_IsStartedOnce()
    {
        await engine.Client.StartWorkflowAsync("Parent", [], new("parent", "recovery"));
        var task = await PollAsync();
        await FailATransactionAsync();

        await OrderChildAsync(task, "child");
        await FinishAsync(await PollAsync(), await PollAsync());

        var history = await engine.Client.GetWorkflowHandle("parent").FetchHistoryAsync();
        Assert.Single(history.Events, recorded => recorded.EventType == EventType.ChildWorkflowExecutionStarted);
        Assert.DoesNotContain(history.Events, recorded => recorded.EventType == EventType.StartChildWorkflowExecutionFailed);
    }

    private async Task FailATransactionAsync() => await Assert.ThrowsAsync<RefusedException>(() => engine.Inside.RunAsync(turn =>
    {
        turn.Write(_ => throw new SqliteException("database or disk is full", 13));
        return true;
    }));

    private Task<PollWorkflowTaskQueueResponse> PollAsync() => engine.Client.Connection.WorkflowService.PollWorkflowTaskQueueAsync(
        new() { Namespace = "default", TaskQueue = new() { Name = "recovery" } },
        new() { CancellationToken = TestContext.Current.CancellationToken });

    private Task<RespondWorkflowTaskCompletedResponse> OrderChildAsync(PollWorkflowTaskQueueResponse task, string id) => CompleteAsync(task, new()
    {
        CommandType = CommandType.StartChildWorkflowExecution,
        StartChildWorkflowExecutionCommandAttributes = new() { WorkflowId = id, WorkflowType = new() { Name = "Child" }, TaskQueue = new() { Name = "recovery" } },
    });

    // The two tasks are the child's first and the parent's second, which holds the news of the child.
    private async Task FinishAsync(params PollWorkflowTaskQueueResponse[] tasks)
    {
        Assert.Equal(["child", "parent"], tasks.Select(task => task.WorkflowExecution.WorkflowId).Order());
        await CompleteAsync(tasks.Single(task => task.WorkflowExecution.WorkflowId == "parent"), new()
        {
            CommandType = CommandType.StartTimer,
            StartTimerCommandAttributes = new() { TimerId = "1", StartToFireTimeout = new() { Seconds = 3_600 } },
        });
    }

    private Task<RespondWorkflowTaskCompletedResponse> CompleteAsync(PollWorkflowTaskQueueResponse task, Command command) => engine.Client.Connection.WorkflowService.RespondWorkflowTaskCompletedAsync(
        new() { Namespace = "default", TaskToken = task.TaskToken, Commands = { command } });
}
