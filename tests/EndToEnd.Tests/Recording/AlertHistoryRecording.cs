using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Releases;
using Lifecycle.EndToEnd.Tests.Alerts;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Alerting;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Recording;

/// <summary>Records the histories of the alerts' workflows, as <see cref="HistoryRecording"/> does those of runs.</summary>
public sealed class AlertHistoryRecording
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("LIFECYCLE_RECORD");

    [Fact]
    public async Task Histories_OfAStormAndAnEvaluation_AreWritten()
    {
        Assert.SkipWhen(Folder is null, "records only when LIFECYCLE_RECORD names a folder");
        Directory.CreateDirectory(Folder!);
        await using ThreeReceivers receivers = new();
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal, prepare: receivers.WriteTo);
        AlertSource watch = new(stack.Client, await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None), stack.Home);
        await watch.ReportAsync(drifting: 1000, window: 1);
        await receivers.WaitAsync(count: 1);
        await watch.ReportAsync(drifting: 0, window: 2);
        await receivers.WaitAsync(count: 2);
        await WriteAsync(stack.Client.GetWorkflowHandle(WorkflowIds.Alerts), "alerts");

        var evaluation = await stack.Client.StartWorkflowAsync(
            (EvaluateAlertsWorkflow workflow) => workflow.RunAsync(), new(WorkflowIds.AlertEvaluation, TaskQueues.Lifecycle));
        await evaluation.GetResultAsync();
        await WriteAsync(evaluation, "alert-evaluation");
    }

    private static async Task WriteAsync(WorkflowHandle run, string name) =>
        await File.WriteAllTextAsync(Path.Combine(Folder!, $"{name}.json"), (await run.FetchHistoryAsync()).ToJson() + "\n");
}
