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
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;
using Lifecycle.Workflows.Watching;

namespace Lifecycle.EndToEnd.Tests.Watching;

/// <summary>The watch from log to decision to run, the same on both engines.</summary>
public sealed class DriftWatchTests
{
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Watch_OverDaysOfTraffic_DecidesEachOnceAndActs(EngineKind engine)
    {
        await using SampleStack stack = await SampleStack.StartAsync(engine);
        using TemporaryFolder folder = new();
        DriftWatchResult early = await LookAsync(stack);
        RetrainingState champion = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        SampleTraffic traffic = new(store, folder.Path);
        await traffic.WriteAsync(champion, 4, TrafficKind.Usual);
        DriftWatchResult first = await LookAsync(stack);
        await traffic.WriteAsync(champion, 5, TrafficKind.Broken);
        await traffic.WriteAsync(champion, 6, TrafficKind.Contrary);
        DriftWatchResult second = await LookAsync(stack);
        DriftWatchResult third = await LookAsync(stack);

        Assert.Empty(early.Windows);
        Assert.Empty(third.Windows);
        ImmutableArray<WatchedWindow> windows = [.. first.Windows, .. second.Windows];
        Assert.Equal([SampleTraffic.Day(4).Id, SampleTraffic.Day(5).Id, SampleTraffic.Day(6).Id], windows.Select(window => window.Window));
        Assert.Equal([DriftVerdict.None, DriftVerdict.Block, DriftVerdict.Retrain], windows.Select(window => window.Verdict));
        await RequireRunAsync(stack, windows[2]);
        DriftJournal journal = new(store);
        Assert.Equal(3, (await journal.HistoryAsync(SampleModel.Name)).Length);
        Assert.Empty((await journal.VerifyChainAsync(SampleModel.Name)).Defects);
        foreach (DriftDecision decision in await journal.HistoryAsync(SampleModel.Name))
        {
            Assert.True(await store.ExistsAsync(DriftPages.NameOf(decision)), $"{decision.Id} has no page");
        }

        await traffic.WriteAsync(champion, 7, TrafficKind.Usual);
        await LookAsync(stack);
        ImmutableArray<DriftDecision> history = await journal.HistoryAsync(SampleModel.Name);
        Assert.Equal(windows[2].Run, DriftExplanation.Of(history[2], history).RunId);
    }

    // A watch asks nobody for anything. The run that it asks for may be one that nobody could approve: that is told, and the next window is judged.
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Watch_OfAModelWhoseRunsNobodyCanApprove_DecidesAndTellsWhyNoRunStarted(EngineKind engine)
    {
        await using SampleStack stack = await SampleStack.StartAsync(engine);
        using TemporaryFolder folder = new();
        RetrainingState champion = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        await File.WriteAllTextAsync(stack.ModelFile, (await File.ReadAllTextAsync(stack.ModelFile)).Replace("threshold: 2", "threshold: 3", StringComparison.Ordinal));
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        SampleTraffic traffic = new(store, folder.Path);
        await traffic.WriteAsync(champion, 4, TrafficKind.Contrary);
        await traffic.WriteAsync(champion, 5, TrafficKind.Usual);

        DriftWatchResult looked = await LookAsync(stack);

        Assert.Equal(2, looked.Windows.Length);
        Assert.Equal((DriftVerdict.Retrain, null), (looked.Windows[0].Verdict, looked.Windows[0].Run));
        Assert.Contains("No run was started", looked.Windows[0].Reason, StringComparison.Ordinal);
        Assert.Contains("3 different release engineers have to approve it, and 2 can", looked.Windows[0].Reason, StringComparison.Ordinal);
        foreach (DriftDecision decision in await new DriftJournal(store).HistoryAsync(SampleModel.Name))
        {
            Assert.True(await store.ExistsAsync(DriftPages.NameOf(decision)), $"{decision.Id} has no page");
        }
    }

    private static Task<DriftWatchResult> LookAsync(SampleStack stack) =>
        DriftLook.TakeAsync(EngineLine.Over(stack.Client), SampleModel.Name, _ => { }, CancellationToken.None);

    // The journal does not know of the run before the next decision; the engine does.
    private static async Task RequireExplainedAsync(SampleStack stack, WatchedWindow window)
    {
        DriftJournal journal = new(await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None));
        DriftDecision decision = (await journal.FindAsync(window.Decision))!;
        string? reached = await ReachedRun.FindAsync(stack.Client, decision, CancellationToken.None);
        DriftExplanation fromEngine = DriftExplanation.Of(decision, await journal.HistoryAsync(SampleModel.Name), reached);
        Assert.Equal(window.Run, fromEngine.RunId);
        Assert.Contains($"lifecycle show {window.Run}", fromEngine.Effect, StringComparison.Ordinal);
    }

    private static async Task RequireRunAsync(SampleStack stack, WatchedWindow window)
    {
        var run = stack.Client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(WorkflowIds.Retraining(SampleModel.Name), window.Run);
        TriggerReason trigger = Assert.Single((await run.QueryAsync(workflow => workflow.State)).Triggers);
        Assert.Equal((TriggerKind.Performance, window.Decision), (trigger.Kind, trigger.Id));
        await RequireExplainedAsync(stack, window);
    }
}
