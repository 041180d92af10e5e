using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Releases;
using Lifecycle.EndToEnd.Tests.Alerts;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Alerting;
using Temporalio.Client;

namespace Lifecycle.Recorder;

/// <summary>Records the histories of the alerts' workflows, as <see cref="HistoryRecording"/> does those of runs.</summary>
public sealed class AlertHistoryRecording
{
    [Fact]
    public async Task Histories_OfAStormAndAnEvaluation_AreWritten()
    {
        await using ThreeReceivers receivers = new();
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal, prepare: receivers.WriteTo);
        AlertSource watch = new(stack.Client, await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None), stack.Home);
        await watch.ReportAsync(drifting: 1000, window: 1);
        await receivers.WaitAsync(count: 1);
        await watch.ReportAsync(drifting: 0, window: 2);
        await receivers.WaitAsync(count: 2);
        await Era.WriteAsync(stack.Client.GetWorkflowHandle(WorkflowIds.Alerts), "alerts");

        var evaluation = await stack.Client.StartWorkflowAsync(
            (EvaluateAlertsWorkflow workflow) => workflow.RunAsync(), new(WorkflowIds.AlertEvaluation, TaskQueues.Lifecycle));
        await evaluation.GetResultAsync();
        await Era.WriteAsync(evaluation, "alert-evaluation");
    }
}
