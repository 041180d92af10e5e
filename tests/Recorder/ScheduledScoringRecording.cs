using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Scoring;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Storage;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Scoring;
using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace Lifecycle.Recorder;

/// <summary>
/// Records a batch that a schedule started, as the official server writes it.
/// </summary>
public sealed class ScheduledScoringRecording
{
    private const string Scheduled = "scheduled-scores";
    [Fact]
    public async Task History_OfAScheduledBatch_IsWritten()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-01");
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        ScoringRequest request = await SampleBatches.RequestAsync(store, stack.Home.Scratch, Scheduled, rowCount: 100);
        await stack.Client.CreateScheduleAsync(
            Scheduled,
            new(ScheduleActionStartWorkflow.Create((ScheduledScoringWorkflow workflow) => workflow.RunAsync(request), new(Scheduled, TaskQueues.Lifecycle)), new()),
            new() { TriggerImmediately = true });

        WorkflowHandle batch = stack.Client.GetWorkflowHandle(await IdAsync(stack.Client));
        await batch.GetResultAsync<ScoringState>();
        await Era.WriteAsync(batch, "scheduled-scoring");
    }

    // The engine appends the time to the id that the schedule names.
    private static async Task<string> IdAsync(ITemporalClient client)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(1));
        while (true)
        {
            await foreach (WorkflowExecution found in client.ListWorkflowsAsync($"WorkflowType = '{nameof(ScheduledScoringWorkflow)}'"))
            {
                return found.Id;
            }

            await Task.Delay(100, limit.Token);
        }
    }
}
