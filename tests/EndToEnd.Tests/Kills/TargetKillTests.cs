using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Channels;

namespace Lifecycle.EndToEnd.Tests.Kills;

/// <summary>
/// kill -9 in every stage whose work depends on what a model predicts, of a number and of several classes: the run must end as if nothing
/// had happened. What does not depend on it is killed in <see cref="StageKillTests"/>.
/// </summary>
public sealed class TargetKillTests
{
    private static readonly string[] Activities =
        ["TakeSnapshot", "ValidateSnapshot", "BuildFeatures", "TrainChallenger", "ExportModel", "EvaluateModel", "DrawReport", "PublishRelease"];

    [Theory]
    [InlineData(SampleTables.Amount)]
    [InlineData(SampleTables.Level)]
    public async Task Run_OfATableWithTheWorkerKilledInEveryStage_PublishesOnceTheSameBytes(string model)
    {
        PublishedBytes undisturbed = await RunAsync(model, []);

        PublishedBytes disturbed = await RunAsync(model, Activities);

        Assert.Equal(1, disturbed.PublicationCount);
        Assert.Equal(undisturbed.Digests, disturbed.Digests);
    }

    private static async Task<PublishedBytes> RunAsync(string model, string[] killed)
    {
        await using SplitServices services = await SplitServices.StartAsync();
        SampleTables.WriteTo(Path.GetDirectoryName(services.ModelsFolder)!);
        await using KillSchedule kills = new(services, "worker", killed.Select(activity => $"{activity}.after"));
        RetrainingState state = await SampleRuns.RetrainAsync(services.Client, services.Home, SampleTables.Snapshot, model);
        await kills.StopAsync();

        Assert.True(state.Outcome == RetrainingOutcome.Promoted, $"{state.Reason}\n{services.Output}");
        Assert.Equal(killed.Length, kills.Count);
        Assert.Single(await new ReleaseChannels(services.Store).HistoryAsync(model, "production"));
        return await PublishedBytes.ReadAsync(services.Store, state);
    }
}
