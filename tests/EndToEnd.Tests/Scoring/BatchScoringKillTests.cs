using System.Collections.Immutable;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Kills;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Serving.Logging;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Scoring;

/// <summary>
/// kill -9 of the worker before and after every call of a batch scoring, several times between partitions. The scores must be
/// those of a batch that nobody disturbed, and the log must hold every request once.
/// </summary>
public sealed class BatchScoringKillTests
{
    private static readonly string[] Places = ["PlanScoring.before", "PlanScoring.after", "ScorePartition.before", "ScorePartition.after", "CollectScores.before", "CollectScores.after"];

    [Fact]
    public async Task Batch_WithAWorkerKilledAtEveryCall_LeavesTheSameScores_AndLogsEveryRequestOnce()
    {
        await using SplitServices services = await SplitServices.StartAsync();
        RetrainingState trained = await SampleRuns.RetrainAsync(services.Client, services.Home, "2024-01");
        Assert.Equal(RetrainingOutcome.Promoted, trained.Outcome);
        ImmutableSortedDictionary<string, string> undisturbed = await ScoreAsync(services, "calm", isLogged: false);

        ImmutableSortedDictionary<string, string> disturbed;
        await using (KillSchedule kills = new(services, "worker", Places))
        {
            disturbed = await ScoreAsync(services, "storm", isLogged: true);
            await kills.StopAsync();
            Assert.Equal(Places.Length, kills.Count);
        }

        Assert.Equal(undisturbed.Count, disturbed.Count);
        Assert.Equal(Scores(undisturbed), Scores(disturbed));
        await RequireLogAsync(services.Store);
    }

    private static IEnumerable<string> Scores(ImmutableSortedDictionary<string, string> digests) =>
        digests.Where(blob => blob.Key.EndsWith(".parquet", StringComparison.Ordinal)).Select(blob => blob.Value);

    private static async Task<ImmutableSortedDictionary<string, string>> ScoreAsync(SplitServices services, string key, bool isLogged)
    {
        ScoringRequest request = (await SampleBatches.RequestAsync(services.Store, services.Home.Scratch, key)) with { Log = isLogged };
        ScoringState state = await SampleBatches.ScoreAsync(services.Client, request);
        Assert.Equal(SampleBatches.RowCount, state.Progress!.RowCount);
        Assert.Equal(SampleBatches.RefusedCount, state.Progress.Refusals.Count);
        return await SampleBatches.DigestsAsync(services.Store, $"scores/{SampleModel.Name}/{key}/");
    }

    private static async Task RequireLogAsync(IBlobStore store)
    {
        using TemporaryFolder cache = new();
        ImmutableArray<LogDay> days = await new LogDays(new PredictionParts(store, cache.Path)).CountAsync(
            SampleModel.Name, DateOnly.MinValue, DateOnly.MaxValue, DateTimeOffset.MaxValue.AddDays(-1));
        Assert.Equal(3, days.Length);
        Assert.Equal(SampleBatches.RowCount, days.Sum(day => day.RowCount));
        Assert.Equal(0, days.Sum(day => day.RepeatedCount));
    }
}
