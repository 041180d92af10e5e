using System.Collections.Immutable;
using Lifecycle.Cli.Following;
using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Releases;
using Lifecycle.Cli.Verbs;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Watch;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Stores;
using Lifecycle.Publishing.Watching;
using Lifecycle.Workflows.Watching;

namespace Lifecycle.EndToEnd.Tests.Watching;

/// <summary>Windows in which something cannot be measured: each is decided about, says what is inconclusive, and the next one goes on.</summary>
public sealed class OddWindowsTests
{
    private static readonly TrafficKind[] Days =
        [TrafficKind.Equal, TrafficKind.TwoHosts, TrafficKind.OneClass, TrafficKind.OneRow, TrafficKind.Broken, TrafficKind.Equal, TrafficKind.Usual];

    [Fact]
    public async Task Watch_OverWindowsThatCannotBeMeasured_DecidesEach_AndGoesOn()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        using TemporaryFolder folder = new();
        RetrainingState champion = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        SampleTraffic traffic = new(store, folder.Path);
        for (int day = 0; day < Days.Length; day++)
        {
            await traffic.WriteAsync(champion, 4 + day, Days[day]);
        }

        DriftWatchResult looked = await WatchVerb.LookAsync(EngineLine.Over(stack.Client), SampleModel.Name, _ => { }, CancellationToken.None);

        Assert.Equal(Enumerable.Range(4, Days.Length).Select(day => SampleTraffic.Day(day).Id), looked.Windows.Select(window => window.Window));
        ImmutableArray<DriftDecision> decisions = await new DriftJournal(store).HistoryAsync(SampleModel.Name);
        Assert.Equal(Days.Length, decisions.Length);
        Assert.Contains(decisions[0].Evidence.Report.Unmeasured, sentence => sentence.Contains("is inconclusive because", StringComparison.Ordinal));
        Assert.Empty(decisions[^1].Evidence.Report.Unmeasured);
    }
}
