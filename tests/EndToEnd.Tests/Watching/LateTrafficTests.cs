using System.Collections.Immutable;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Watching;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Watching;
using Lifecycle.Storage;
using Lifecycle.Workflows.Watching;

namespace Lifecycle.EndToEnd.Tests.Watching;

/// <summary>Rows and labels that become known after their windows closed.</summary>
public sealed class LateTrafficTests
{
    [Fact]
    public async Task Watch_OfWindowsWhoseRowsAllCameLate_PassesThemOverAndGoesOn()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        using TemporaryFolder folder = new();
        RetrainingState champion = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        SampleTraffic traffic = new(store, folder.Path);
        await traffic.WriteAsync(champion, 4, TrafficKind.Contrary, late: TimeSpan.FromDays(30), labelsLate: TimeSpan.FromDays(30));
        await traffic.WriteAsync(champion, 5, TrafficKind.Contrary, late: TimeSpan.FromDays(30));
        DriftWatchResult onlyLate = await LookAsync(stack);
        await traffic.WriteAsync(champion, 6, TrafficKind.Usual);
        DriftWatchResult withMore = await LookAsync(stack);
        DriftWatchResult afterwards = await LookAsync(stack);

        Assert.Empty(onlyLate.Windows);
        Assert.Equal([SampleTraffic.Day(4).Id, SampleTraffic.Day(5).Id], onlyLate.PassedOver.Select(passed => passed.Window));
        Assert.All(onlyLate.PassedOver, passed => Assert.True(passed.LateCount > 0));
        WatchedWindow judged = Assert.Single(withMore.Windows);
        Assert.Equal((SampleTraffic.Day(6).Id, DriftVerdict.None), (judged.Window, judged.Verdict));
        Assert.Equal(2, withMore.PassedOverCount);
        Assert.Equal((0, 0), (afterwards.Windows.Length, afterwards.PassedOverCount));
        Assert.Equal(judged.Decision, Assert.Single(await new DriftJournal(store).HistoryAsync(SampleModel.Name)).Id);
    }

    [Fact]
    public async Task LateLabels_OfABlockedWindow_DoNotRetrain()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        using TemporaryFolder folder = new();
        RetrainingState champion = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        SampleTraffic traffic = new(store, folder.Path);
        await traffic.WriteAsync(champion, 4, TrafficKind.HalfBroken, labelsLate: TimeSpan.FromDays(1));
        await traffic.WriteAsync(champion, 5, TrafficKind.Usual);
        DriftWatchResult look = await LookAsync(stack);

        Assert.Equal([DriftVerdict.Block, DriftVerdict.None], look.Windows.Select(window => window.Verdict));
        ImmutableArray<DriftDecision> decisions = await new DriftJournal(store).HistoryAsync(SampleModel.Name);
        DriftReport second = decisions[1].Evidence.Report;
        Assert.Equal(second.RowCount, second.LabelledCount);
        Assert.Null(decisions[1].AskedBy);
    }

    private static Task<DriftWatchResult> LookAsync(SampleStack stack) =>
        DriftLook.TakeAsync(EngineLine.Over(stack.Client), SampleModel.Name, _ => { }, CancellationToken.None);
}
