using System.Collections.Immutable;
using Lifecycle.Conformance.Tests.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Conformance.Tests.Scenarios;

/// <summary>Signals, queries, updates, cancellation and termination.</summary>
internal static class MessageScenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("signal", SignalAsync),
        new("signal-with-start", SignalWithStartAsync),
        new("query", QueryAsync),
        new("update", UpdateAsync),
        new("update-rejected", UpdateRejectedAsync),
        new("update-repeated", UpdateRepeatedAsync),
        new("update-polled", UpdatePolledAsync),
        new("update-unfinished", UpdateUnfinishedAsync),
        new("update-with-start", UpdateWithStartAsync),
        new("cancel", run => CancelAsync(run, endAsCancelled: true)),
        new("cancel-completed", run => CancelAsync(run, endAsCancelled: false)),
        new("terminate", TerminateAsync),
    ];

    private static async Task SignalAsync(ScenarioRun run)
    {
        var handle = await WaitingAsync(run);
        await handle.SignalAsync(workflow => workflow.NoteAsync("one"));
        await ScenarioRun.EventuallyAsync(async () => (await handle.QueryAsync(workflow => workflow.Notes)).Count == 1, "the note");
        await handle.SignalAsync(workflow => workflow.FinishAsync());
        Assert.Equal(["one"], await handle.GetResultAsync());
    }

    private static async Task SignalWithStartAsync(ScenarioRun run)
    {
        var options = run.Options(run.Id());
        options.SignalWithStart((WaiterWorkflow workflow) => workflow.NoteAsync("first"));
        var handle = await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), options);
        await ScenarioRun.EventuallyAsync(async () => (await handle.QueryAsync(workflow => workflow.Notes)).Count == 1, "the first note");
        options.SignalWithStart((WaiterWorkflow workflow) => workflow.NoteAsync("second"));
        var again = await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), options);
        Assert.Equal(handle.ResultRunId, again.ResultRunId);
        await ScenarioRun.EventuallyAsync(async () => (await handle.QueryAsync(workflow => workflow.Notes)).Count == 2, "the second note");
        await handle.SignalAsync(workflow => workflow.FinishAsync());
        Assert.Equal(["first", "second"], await handle.GetResultAsync());
    }

    private static async Task QueryAsync(ScenarioRun run)
    {
        var handle = await WaitingAsync(run);
        Assert.Empty(await handle.QueryAsync(workflow => workflow.Notes));
        var failed = await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync(workflow => workflow.Refuse()));
        Assert.Contains("no such answer", failed.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<WorkflowQueryFailedException>(() => handle.QueryAsync<string>("Unknown", []));
        await handle.SignalAsync(workflow => workflow.FinishAsync());
        await handle.GetResultAsync();
        Assert.Empty(await handle.QueryAsync(workflow => workflow.Notes));
        var rejected = await Assert.ThrowsAsync<WorkflowQueryRejectedException>(() => handle.QueryAsync(
            workflow => workflow.Notes, new() { RejectCondition = QueryRejectCondition.NotOpen }));
        Assert.Equal(WorkflowExecutionStatus.Completed, rejected.WorkflowStatus);
    }

    private static async Task UpdateAsync(ScenarioRun run)
    {
        var handle = await CountingAsync(run);
        Assert.Equal(3, await handle.ExecuteUpdateAsync(workflow => workflow.AddAsync(3)));
        Assert.Equal("hello update", await handle.ExecuteUpdateAsync(workflow => workflow.GreetAsync("update")));
        var failed = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(workflow => workflow.FailAsync()));
        Assert.Equal("UpdateFailed", Assert.IsType<ApplicationFailureException>(failed.InnerException).ErrorType);
        Assert.Equal(4, await FinishAsync(handle));
    }

    private static async Task UpdateRejectedAsync(ScenarioRun run)
    {
        var handle = await CountingAsync(run);
        var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(workflow => workflow.AddAsync(-1)));
        Assert.Equal("Negative", Assert.IsType<ApplicationFailureException>(refused.InnerException).ErrorType);
        Assert.Equal(0, await FinishAsync(handle));
    }

    private static async Task UpdateRepeatedAsync(ScenarioRun run)
    {
        var handle = await CountingAsync(run);
        Assert.Equal(5, await handle.ExecuteUpdateAsync(workflow => workflow.AddAsync(5), new("once")));
        Assert.Equal(5, await handle.ExecuteUpdateAsync(workflow => workflow.AddAsync(5), new("once")));
        Assert.Equal(5, await FinishAsync(handle));
        Assert.Equal(5, await handle.GetUpdateHandle<int>("once").GetResultAsync());
    }

    private static async Task UpdatePolledAsync(ScenarioRun run)
    {
        var handle = await CountingAsync(run);
        var update = await handle.StartUpdateAsync(workflow => workflow.GreetAsync("later"), new("polled", WorkflowUpdateStage.Accepted));
        Assert.Equal("hello later", await update.GetResultAsync());
        Assert.Equal("hello later", await handle.GetUpdateHandle<string>("polled").GetResultAsync());
        Assert.Equal(1, await FinishAsync(handle));
    }

    private static async Task UpdateUnfinishedAsync(ScenarioRun run)
    {
        var handle = await CountingAsync(run);
        var update = await handle.StartUpdateAsync(workflow => workflow.AddAsync(1), new("done", WorkflowUpdateStage.Completed));
        await handle.TerminateAsync("enough");
        Assert.Equal(1, await update.GetResultAsync());
        var late = await Assert.ThrowsAsync<RpcException>(() => handle.ExecuteUpdateAsync(workflow => workflow.AddAsync(1)));
        Assert.Equal(RpcException.StatusCode.NotFound, late.Code);
    }

    private static async Task UpdateWithStartAsync(ScenarioRun run)
    {
        var id = run.Id();
        var options = run.Options(id);
        options.IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
        foreach (var expected in new[] { 2, 4 })
        {
            var start = WithStartWorkflowOperation.Create((CounterWorkflow workflow) => workflow.RunAsync(0), options);
            var total = await run.Client.ExecuteUpdateWithStartWorkflowAsync(
                (CounterWorkflow workflow) => workflow.AddAsync(2), new WorkflowUpdateWithStartOptions(start));
            Assert.Equal(expected, total);
            Assert.Equal(id, (await start.GetHandleAsync()).Id);
        }

        Assert.Equal(4, await FinishAsync(run.Client.GetWorkflowHandle<CounterWorkflow, int>(id)));
    }

    private static async Task CancelAsync(ScenarioRun run, bool endAsCancelled)
    {
        var handle = await run.Client.StartWorkflowAsync((CleanupWorkflow workflow) => workflow.RunAsync(endAsCancelled), run.Options(run.Id()));
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).HistoryLength >= 5, "the timer");
        await handle.CancelAsync();
        if (endAsCancelled)
        {
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            Assert.IsType<CanceledFailureException>(failure.InnerException);
        }
        else
        {
            Assert.Equal("hello cleanup", await handle.GetResultAsync());
        }

        await handle.CancelAsync();
    }

    private static async Task TerminateAsync(ScenarioRun run)
    {
        var handle = await WaitingAsync(run);
        await handle.TerminateAsync("no longer wanted", new() { Details = ["because"] });
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        Assert.Equal("no longer wanted", Assert.IsType<TerminatedFailureException>(failure.InnerException).Message);
        var late = await Assert.ThrowsAsync<RpcException>(() => handle.TerminateAsync("again"));
        Assert.Equal(RpcException.StatusCode.NotFound, late.Code);
    }

    private static async Task<WorkflowHandle<WaiterWorkflow, IReadOnlyList<string>>> WaitingAsync(ScenarioRun run)
    {
        var handle = await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), run.Options(run.Id()));
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).HistoryLength >= 4, "the workflow waits");
        return handle;
    }

    private static async Task<WorkflowHandle<CounterWorkflow, int>> CountingAsync(ScenarioRun run)
    {
        var handle = await run.Client.StartWorkflowAsync((CounterWorkflow workflow) => workflow.RunAsync(0), run.Options(run.Id()));
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).HistoryLength >= 4, "the workflow waits");
        return handle;
    }

    private static async Task<int> FinishAsync(WorkflowHandle<CounterWorkflow, int> handle)
    {
        await handle.SignalAsync(workflow => workflow.FinishAsync());
        return await handle.GetResultAsync();
    }
}
