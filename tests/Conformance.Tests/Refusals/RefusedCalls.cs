using System.Collections.Immutable;
using Google.Protobuf;
using Lifecycle.Conformance.Tests.Workflows;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using WorkflowExecution = Temporalio.Api.Common.V1.WorkflowExecution;

namespace Lifecycle.Conformance.Tests.Refusals;

/// <summary>Calls about what is not there, over already, or wrong in itself.</summary>
internal static class RefusedCalls
{
    private const string Namespace = "default";
    private const string NoRun = "11111111-2222-3333-4444-555555555555";
    private static readonly WorkflowExecution Missing = new() { WorkflowId = "missing" };

    public static ImmutableArray<RefusedCall> All { get; } =
    [
        new("describe-missing", client => client.GetWorkflowHandle("missing").DescribeAsync()),
        new("describe-missing-run", client => client.GetWorkflowHandle("missing", NoRun).DescribeAsync()),
        new("describe-broken-run-id", client => client.GetWorkflowHandle("missing", "no-guid").DescribeAsync()),
        new("describe-without-id", client => client.GetWorkflowHandle("").DescribeAsync()),
        new("describe-other-namespace", client => client.WorkflowService.DescribeWorkflowExecutionAsync(new() { Namespace = "elsewhere", Execution = Missing })),
        new("signal-missing", client => client.GetWorkflowHandle("missing").SignalAsync("s", [])),
        new("signal-closed", async client => await (await ClosedAsync(client, "signal")).SignalAsync("s", [])),
        new("cancel-missing", client => client.GetWorkflowHandle("missing").CancelAsync()),
        new("terminate-missing", client => client.GetWorkflowHandle("missing").TerminateAsync()),
        new("terminate-closed", async client => await (await ClosedAsync(client, "terminate")).TerminateAsync()),
        new("query-missing", client => client.GetWorkflowHandle("missing").QueryAsync<string>("q", [])),
        new("update-missing", client => client.GetWorkflowHandle("missing").ExecuteUpdateAsync("u", [])),
        new("update-closed", async client => await (await ClosedAsync(client, "update")).ExecuteUpdateAsync("u", [])),
        new("update-poll-missing", async client => await (await ClosedAsync(client, "poll")).GetUpdateHandle("none").GetResultAsync()),
        new("history-missing", client => client.GetWorkflowHandle("missing").FetchHistoryAsync()),
        new("history-broken-token", client => client.WorkflowService.GetWorkflowExecutionHistoryAsync(new() { Namespace = Namespace, Execution = Missing, NextPageToken = Bytes("?") })),
        new("delete-missing", client => client.WorkflowService.DeleteWorkflowExecutionAsync(new() { Namespace = Namespace, WorkflowExecution = Missing })),
        new("start-without-id", client => StartAsync(client, request => request.WorkflowId = "")),
        new("start-without-type", client => StartAsync(client, request => request.WorkflowType = null)),
        new("start-without-queue", client => StartAsync(client, request => request.TaskQueue = null)),
        new("start-unknown-attribute", client => StartAsync(client, request => request.SearchAttributes = Attribute("Unregistered", "1"))),
        new("start-mistyped-attribute", client => StartAsync(client, request => request.SearchAttributes = Attribute("ConformanceRows", "\"many\""))),
        new("start-derived-attribute", client => StartAsync(client, request => request.SearchAttributes = Attribute("WorkflowId", "\"x\""))),
        new("start-negative-timeout", client => StartAsync(client, request => request.WorkflowRunTimeout = new() { Seconds = -1 })),
        new("activity-broken-token", client => client.GetAsyncActivityHandle([1, 2, 3]).CompleteAsync()),
        new("activity-by-id-missing", client => client.WorkflowService.RespondActivityTaskCompletedByIdAsync(new() { Namespace = Namespace, WorkflowId = "missing", ActivityId = "a" })),
        .. new[]
        {
            "foo = 'x'", "WorkflowId = x", "WorkflowId = ", "StartTime > 'yesterday'", "ExecutionStatus = 'running'", "ConformanceTags > 'x'",
            "WorkflowId LIKE 'a'", "ExecutionDuration > 'long'", "WorkflowId = 'a' LIMIT 1",
        }.Select(query => new RefusedCall($"list: {query}", client => client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = Namespace, Query = query }))),
        new("count-grouped-by-type", client => client.CountWorkflowsAsync("GROUP BY WorkflowType")),
        new("schedule-describe-missing", client => client.GetScheduleHandle("missing").DescribeAsync()),
        new("schedule-delete-missing", client => client.GetScheduleHandle("missing").DeleteAsync()),
        new("schedule-pause-missing", client => client.GetScheduleHandle("missing").PauseAsync()),
        new("schedule-wrong-spec", client => CreateScheduleAsync(client, new() { CronString = { "61 * * * *" } })),
        new("schedule-unknown-zone", client => CreateScheduleAsync(client, new() { CronString = { "1 * * * *" }, TimezoneName = "Europe/Nowhere" })),
        new("schedule-list-by-workflow", client => client.WorkflowService.ListSchedulesAsync(new() { Namespace = Namespace, Query = "WorkflowId = 'x'" })),
        new("schedule-list-unknown-attribute", client => client.WorkflowService.ListSchedulesAsync(new() { Namespace = Namespace, Query = "Unregistered = 'x'" })),
    ];

    private static async Task<WorkflowHandle<GreetingWorkflow, string>> ClosedAsync(ITemporalClient client, string name)
    {
        var handle = await client.StartWorkflowAsync((GreetingWorkflow workflow) => workflow.RunAsync("x"), new($"refused/{name}", "conformance"));
        await handle.GetResultAsync();
        return handle;
    }

    private static Task<StartWorkflowExecutionResponse> StartAsync(ITemporalClient client, Action<StartWorkflowExecutionRequest> change)
    {
        var request = new StartWorkflowExecutionRequest
        {
            Namespace = Namespace,
            WorkflowId = "refused/start",
            WorkflowType = new() { Name = "GreetingWorkflow" },
            TaskQueue = new() { Name = "conformance" },
            RequestId = "r",
        };
        change(request);
        return client.WorkflowService.StartWorkflowExecutionAsync(request);
    }

    private static Task<CreateScheduleResponse> CreateScheduleAsync(ITemporalClient client, ScheduleSpec spec) => client.WorkflowService.CreateScheduleAsync(new()
    {
        Namespace = Namespace,
        ScheduleId = "refused",
        RequestId = "r",
        Schedule = new()
        {
            Spec = spec,
            Action = new() { StartWorkflow = new() { WorkflowId = "w", WorkflowType = new() { Name = "W" }, TaskQueue = new() { Name = "q" } } },
        },
    });

    private static SearchAttributes Attribute(string name, string json) => new()
    {
        IndexedFields = { [name] = new Payload { Metadata = { ["encoding"] = Bytes("json/plain") }, Data = Bytes(json) } },
    };

    private static ByteString Bytes(string text) => ByteString.CopyFromUtf8(text);
}
