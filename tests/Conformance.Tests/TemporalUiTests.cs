using System.Net;
using System.Text.Json.Nodes;
using Lifecycle.Conformance.Tests.Engines;
using Lifecycle.Conformance.Tests.Workflows;
using Temporalio.Client;

namespace Lifecycle.Conformance.Tests;

/// <summary>Temporal UI's own server, unmodified, in front of an engine: the calls its pages make.</summary>
public sealed class TemporalUiTests(EngineFixture engines)
{
    [Theory]
    [InlineData(EngineKind.Official)]
    [InlineData(EngineKind.Local)]
    public async Task Pages_InFrontOfAnEngine_ShowARun(EngineKind kind)
    {
        Assert.SkipWhen(ExternalProgram.TemporalUi is null, "no temporal-ui-server beside the official program");
        var engine = await engines.GetAsync(kind);
        var handle = await engine.Client.StartWorkflowAsync(
            (GreetingWorkflow workflow) => workflow.RunAsync("page"), new($"ui-{kind}", RunningEngine.TaskQueue));
        await handle.GetResultAsync();
        await using var ui = await TemporalUi.StartAsync(engine.Address);

        Assert.Contains(Items(await ui.GetAsync("namespaces"), "namespaces"), item => item["namespaceInfo"]!["name"]!.GetValue<string>() == "default");
        Assert.NotNull((await ui.GetAsync("cluster-info"))["serverVersion"]);
        Assert.NotNull((await ui.GetAsync("system-info"))["capabilities"]);
        var listed = await ui.EventuallyAsync(
            $"namespaces/default/workflows?query={WebUtility.UrlEncode($"`WorkflowId` = \"{handle.Id}\"")}", json => Items(json, "executions").Any());
        Assert.Equal("WORKFLOW_EXECUTION_STATUS_COMPLETED", Items(listed, "executions").Single()["status"]!.GetValue<string>());
        Assert.Equal("1", (await ui.GetAsync($"namespaces/default/workflow-count?query={WebUtility.UrlEncode($"WorkflowId = '{handle.Id}'")}"))["count"]!.GetValue<string>());
        var described = await ui.GetAsync($"namespaces/default/workflows/{handle.Id}?execution.runId={handle.ResultRunId}");
        Assert.Equal("11", described["workflowExecutionInfo"]!["historyLength"]!.GetValue<string>());
        var history = await ui.GetAsync($"namespaces/default/workflows/{handle.Id}/history?execution.runId={handle.ResultRunId}");
        Assert.Equal(11, Items(history["history"]!, "events").Count());
        var reverse = await ui.GetAsync($"namespaces/default/workflows/{handle.Id}/history-reverse?execution.runId={handle.ResultRunId}");
        Assert.Equal("11", Items(reverse["history"]!, "events").First()["eventId"]!.GetValue<string>());
        Assert.NotNull(await ui.GetAsync("namespaces/default/schedules"));
        Assert.NotNull((await ui.GetAsync("namespaces/default/search-attributes"))["systemAttributes"]);
        Assert.NotNull(await ui.GetAsync($"namespaces/default/task-queues/{RunningEngine.TaskQueue}?taskQueueType=1"));
    }

    private static IEnumerable<JsonNode> Items(JsonNode json, string member) => json[member]?.AsArray().Select(item => item!) ?? [];
}
