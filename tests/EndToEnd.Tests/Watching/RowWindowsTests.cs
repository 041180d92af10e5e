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

/// <summary>Windows by rows: cut where there are enough, each decided once, and going on where the last one ended.</summary>
public sealed class RowWindowsTests
{
    [Fact]
    public async Task Watch_OfWindowsByRows_DecidesOnEachOnce_AndGoesOnWhereTheLastEnded()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        await File.AppendAllTextAsync(stack.ModelFile, "\nwatch: { windowRows: 100 }\n");
        using TemporaryFolder folder = new();
        RetrainingState champion = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        SampleTraffic traffic = new(store, folder.Path);
        DriftJournal journal = new(store);

        DriftWatchResult early = await LookAsync(stack);
        await traffic.WriteAsync(champion, 4, TrafficKind.Usual);
        DriftWatchResult first = await LookAsync(stack);
        DriftWatchResult again = await LookAsync(stack);
        await traffic.WriteAsync(champion, 5, TrafficKind.Usual);
        DriftWatchResult second = await LookAsync(stack);

        Assert.Empty(early.Windows);
        Assert.Empty(again.Windows);
        Assert.NotEmpty(first.Windows);
        Assert.NotEmpty(second.Windows);
        ImmutableArray<DriftDecision> decisions = await journal.HistoryAsync(SampleModel.Name);
        ImmutableArray<WatchWindow> windows = [.. decisions.Select(decision => decision.Evidence.Report.Window)];
        Assert.Equal(windows.Select(window => window.Id), first.Windows.Concat(second.Windows).Select(window => window.Window));
        Assert.All(windows, window => Assert.EndsWith("-100rows", window.Id, StringComparison.Ordinal));
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(decisions, decision => Assert.Equal(100, decision.Evidence.Report.RowCount));
        Assert.Empty((await journal.VerifyChainAsync(SampleModel.Name)).Defects);
    }

    private static Task<DriftWatchResult> LookAsync(SampleStack stack) =>
        DriftLook.TakeAsync(EngineLine.Over(stack.Client), SampleModel.Name, _ => { }, CancellationToken.None);
}
