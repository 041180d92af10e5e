using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Channels;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Kills;

/// <summary>
/// kill -9 at every stage of one run: of the worker before a stage's work and after its effects, and of the engine while a
/// stage is in work. The run must end as if nothing had happened, with one Publication of the same bytes.
/// </summary>
public sealed class StageKillTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>
{
    private static readonly string[] Activities =
    [
        "ReadDefinition", "TakeSnapshot", "FindPreviousSnapshot", "ValidateSnapshot", "BuildFeatures", "TrainChallenger",
        "ExportModel", "EvaluateModel", "DrawReport", "PrepareRelease", "PublishRelease", "RequestPromotion", "MoveChannel",
    ];

    [Theory]
    [MemberData(nameof(KillRows.OfBoth), MemberType = typeof(KillRows))]
    public async Task Run_WithAProcessKilledInEveryStage_PublishesOnceTheSameBytes(string victim, string moment)
    {
        await using SplitServices services = await SplitServices.StartAsync();
        await using KillSchedule kills = new(services, victim, Activities.Select(activity => $"{activity}.{moment}"));
        RetrainingState state = await SampleRuns.RetrainAsync(services.Client, services.Home, "2024-01");
        await kills.StopAsync();

        Assert.True(state.Outcome == RetrainingOutcome.Promoted, $"{state.Reason}\n{services.Output}");
        Assert.Equal(Activities.Length, kills.Count);
        PublishedBytes published = await PublishedBytes.ReadAsync(services.Store, state);
        Assert.Equal(1, published.PublicationCount);
        Assert.Equal(undisturbed.Published.Digests, published.Digests);
        Assert.Single(await new ReleaseChannels(services.Store).HistoryAsync(SampleModel.Name, "production"));
    }
}
