using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Scoring;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Storage;
using Lifecycle.Workflows;
using Temporalio.Client;

namespace Lifecycle.Recorder;

/// <summary>
/// Records the histories that tests/Replay.Tests replays, as the official server writes them.
/// </summary>
public sealed class HistoryRecording
{
    [Fact]
    public async Task Histories_OfEveryEnding_AreWritten()
    {
        await using (SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal))
        {
            await RecordEndingsAsync(stack);
        }

        await using (SampleStack hurried = await SampleStack.StartAsync(EngineKind.Temporal, approvalTimeout: "2s"))
        {
            var late = await SampleRuns.StartAsync(hurried.Client, "2024-01");
            Assert.Equal(RetrainingOutcome.ApprovalTimedOut, (await late.GetResultAsync()).Outcome);
            await Era.WriteAsync(late, "approval-timed-out");
        }
    }

    private static async Task RecordEndingsAsync(SampleStack stack)
    {
        var promoted = await SampleRuns.StartAsync(stack.Client, "2024-01");
        foreach (string engineer in DemoEngineers.Names)
        {
            await SampleRuns.DecideAsync(promoted, stack.Home, engineer);
        }

        Assert.Equal(RetrainingOutcome.Promoted, (await promoted.GetResultAsync()).Outcome);
        await Era.WriteAsync(promoted, "promoted");

        AzureBlobStore store = AzureBlobStore.Open(new() { ConnectionString = stack.Services.BlobConnectionString });
        ScoringRequest batch = await SampleBatches.RequestAsync(store, stack.Home.Scratch, "recorded");
        await SampleBatches.ScoreAsync(stack.Client, batch);
        await Era.WriteAsync(stack.Client.GetWorkflowHandle(WorkflowIds.Scoring(SampleModel.Name, "recorded")), "scoring");

        var rejected = await SampleRuns.StartAsync(stack.Client, "2024-02");
        await SampleRuns.DecideAsync(rejected, stack.Home, DemoEngineers.Names[0], DecisionKind.Reject);
        Assert.Equal(RetrainingOutcome.Rejected, (await rejected.GetResultAsync()).Outcome);
        await Era.WriteAsync(rejected, "rejected");

        var stopped = await SampleRuns.StartAsync(stack.Client, "2024-03");
        Assert.Equal(RetrainingOutcome.StoppedByValidation, (await stopped.GetResultAsync()).Outcome);
        await Era.WriteAsync(stopped, "stopped-by-validation");

        await Era.WriteAsync(stack.Client.GetWorkflowHandle(WorkflowIds.Channel(SampleModel.Name, "production")), "channel");
        await foreach (WorkflowExecution launch in stack.Client.ListWorkflowsAsync("WorkflowType = 'LaunchRetrainingWorkflow'"))
        {
            await Era.WriteAsync(stack.Client.GetWorkflowHandle(launch.Id, launch.RunId), "launch");
            return;
        }
    }
}
