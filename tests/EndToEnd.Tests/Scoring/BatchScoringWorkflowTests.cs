using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Homes;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Scoring;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Lifecycle.EndToEnd.Tests.Scoring;

/// <summary>The workflow alone, on the embedded engine, with partitions that cost nothing.</summary>
public sealed class BatchScoringWorkflowTests
{
    private static readonly ScoringRequest Request = new() { Model = "mail", Key = "many", Source = new() { BlobPrefix = "x" }, Parallelism = 8 };

    [Fact]
    public async Task Batch_OfMorePartitionsThanOneExecutionTakes_GoesOnInTheNext_AndAsksForEachOnce()
    {
        CountingScoring scoring = new(partitionCount: 1100);
        ScoringState state = await RunAsync(scoring);
        Assert.Equal((1100, 11000L, 1100L), (state.Progress!.DoneCount, state.Progress.RowCount, state.Progress.Refusals.Count));
        Assert.Equal(Enumerable.Range(0, 1100), scoring.Asked.Keys.Order());
        Assert.All(scoring.Asked.Values, times => Assert.Equal(1, times));
        Assert.Equal(1, scoring.PlanCount);
        Assert.InRange(scoring.MostAtOnce, 1, 8);
    }

    [Fact]
    public async Task Batch_WithAPartitionThatCanNeverBeScored_FailsAndBeginsNoOther()
    {
        CountingScoring scoring = new(partitionCount: 400) { Broken = 5 };
        await Assert.ThrowsAsync<WorkflowFailedException>(() => RunAsync(scoring));
        Assert.InRange(scoring.Asked.Count, 6, 100);
    }

    private static async Task<ScoringState> RunAsync(CountingScoring scoring)
    {
        using TemporaryFolder folder = new();
        await using EmbeddedEngine engine = await EmbeddedEngine.StartAsync(new HomeFolder(folder.Path), 0, CancellationToken.None);
        TemporalClient client = await TemporalClient.ConnectAsync(new(engine.Target) { DataConverter = PayloadConversion.Converter });
        using TemporalWorker workflows = new(client, new TemporalWorkerOptions(TaskQueues.Lifecycle).AddWorkflow<BatchScoringWorkflow>());
        using TemporalWorker activities = new(client, new TemporalWorkerOptions(TaskQueues.Training).AddAllActivities(scoring));
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
        return await workflows.ExecuteAsync(
            () => activities.ExecuteAsync(() => SampleBatches.ScoreAsync(client, Request), limit.Token), limit.Token);
    }
}
