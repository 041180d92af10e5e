using System.Collections.Immutable;
using Lifecycle.Conformance.Tests.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Lifecycle.Conformance.Tests.Scenarios;

/// <summary>Reading histories: pages, long polls, the closing event alone, backwards.</summary>
internal static class HistoryScenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("history-pages", PagesAsync),
        new("history-long-poll", LongPollAsync),
        new("history-close-event", CloseEventAsync),
        new("history-reverse", ReverseAsync),
    ];

    private static async Task PagesAsync(ScenarioRun run)
    {
        var id = await GreetedAsync(run);
        var request = Request(id);
        request.MaximumPageSize = 3;
        var ids = new List<long>();
        var pages = 0;
        do
        {
            var page = await run.Client.WorkflowService.GetWorkflowExecutionHistoryAsync(request);
            pages++;
            ids.AddRange(page.History.Events.Select(@event => @event.EventId));
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        Assert.Equal(Enumerable.Range(1, 11).Select(number => (long)number), ids);
        Assert.True(pages > 1);
    }

    private static async Task LongPollAsync(ScenarioRun run)
    {
        var handle = await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), run.Options(run.Id()));
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).HistoryLength >= 4, "the workflow waits");
        var request = Request(handle.Id);
        request.WaitNewEvent = true;
        var first = await run.Client.WorkflowService.GetWorkflowExecutionHistoryAsync(request);
        Assert.Equal(4, first.History.Events.Count);
        request.NextPageToken = first.NextPageToken;
        var next = run.Client.WorkflowService.GetWorkflowExecutionHistoryAsync(request);
        Assert.False(next.IsCompleted);
        await handle.SignalAsync(workflow => workflow.FinishAsync());
        Assert.Equal(EventType.WorkflowExecutionSignaled, (await next).History.Events[0].EventType);
        await handle.GetResultAsync();
    }

    private static async Task CloseEventAsync(ScenarioRun run)
    {
        var handle = await run.Client.StartWorkflowAsync((WaiterWorkflow workflow) => workflow.RunAsync(), run.Options(run.Id()));
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).HistoryLength >= 4, "the workflow waits");
        var request = Request(handle.Id);
        (request.WaitNewEvent, request.HistoryEventFilterType) = (true, HistoryEventFilterType.CloseEvent);
        var closing = run.Client.WorkflowService.GetWorkflowExecutionHistoryAsync(request);
        await handle.SignalAsync(workflow => workflow.FinishAsync());
        var events = (await closing).History.Events;
        Assert.Equal(EventType.WorkflowExecutionCompleted, Assert.Single(events).EventType);
    }

    private static async Task ReverseAsync(ScenarioRun run)
    {
        var id = await GreetedAsync(run);
        var page = await run.Client.WorkflowService.GetWorkflowExecutionHistoryReverseAsync(
            new() { Namespace = "default", Execution = new() { WorkflowId = id }, MaximumPageSize = 100 });
        Assert.Equal(Enumerable.Range(1, 11).Reverse().Select(number => (long)number), page.History.Events.Select(@event => @event.EventId));
    }

    private static async Task<string> GreetedAsync(ScenarioRun run)
    {
        var id = run.Id();
        await run.Client.ExecuteWorkflowAsync((GreetingWorkflow workflow) => workflow.RunAsync("history"), run.Options(id));
        return id;
    }

    private static GetWorkflowExecutionHistoryRequest Request(string id) => new() { Namespace = "default", Execution = new() { WorkflowId = id } };
}
