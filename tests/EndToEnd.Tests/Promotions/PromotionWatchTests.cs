using System.Collections.Immutable;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Verbs;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Rollbacks;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Channels;
using Lifecycle.Storage;
using Lifecycle.Workflows.Watching;

namespace Lifecycle.EndToEnd.Tests.Promotions;

/// <summary>A new Champion is held against the one before, on the same inputs, until its time is up or it turns out to be worse.</summary>
public sealed class PromotionWatchTests
{
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Champion_ThatTurnsOutWorse_IsRolledBackOnceEngineersApprove(EngineKind engine)
    {
        await using Scene scene = await Scene.StartAsync(engine, "propose");
        var (first, second) = await scene.Champions.PromoteAsync();
        Assert.Equal(PromotionWatchOutcome.NothingBefore, (await scene.Champions.WatchOf(1).GetResultAsync()).Outcome);

        await scene.Champions.AnswerAsync(second, isContrary: true);
        PromotionWatchState watch = await scene.Champions.EndOfWatchAsync();

        Assert.Equal(PromotionWatchOutcome.RollbackRequested, watch.Outcome);
        Assert.Contains(watch.Report!.Reasons, reason => reason.StartsWith("rise of the log loss", StringComparison.Ordinal));
        RollbackState proposed = await RollbackVerb.WaitForProposalAsync(
            EngineLine.Over(scene.Champions.Rollback.Client), scene.Champions.Rollback, _ => { }, CancellationToken.None);
        Assert.Equal((PromotionWatchWorkflow.Requester, watch.Document, 2), (proposed.Proposal!.RequestedBy, proposed.Proposal.Evidence, proposed.Proposal.FromVersion));
        Assert.Equal(2, (await scene.HistoryAsync()).Length);
        await SampleRollbacks.ApproveByBothAsync(scene.Champions.Rollback, scene.Stack.Home);
        Assert.Equal(RollbackOutcome.RolledBack, (await scene.Champions.EndOfRollbackAsync()).Outcome);
        await scene.RequireLiveAsync(3, first);
    }

    [Fact]
    public async Task Champion_ThatTurnsOutWorse_UnderAnAutomaticPolicy_IsRolledBackByIt()
    {
        await using Scene scene = await Scene.StartAsync(EngineKind.Local, "automatic");
        var (first, second) = await scene.Champions.PromoteAsync();

        await scene.Champions.AnswerAsync(second, isContrary: true);
        await scene.Champions.EndOfWatchAsync();
        RollbackState rollback = await scene.Champions.EndOfRollbackAsync();

        Assert.Equal(RollbackOutcome.RolledBack, rollback.Outcome);
        Assert.Empty(rollback.Decisions);
        Assert.Contains("approved beforehand by the model's policy", rollback.Reason, StringComparison.Ordinal);
        await scene.RequireLiveAsync(3, first);
    }

    [Fact]
    public async Task Champion_AsGoodAsItWasMeasured_IsWatchedUntilItsTimeIsUp()
    {
        await using Scene scene = await Scene.StartAsync(EngineKind.Local, "automatic", duration: "20s");
        var (_, second) = await scene.Champions.PromoteAsync();

        await scene.Champions.AnswerAsync(second, isContrary: false);
        PromotionWatchState watch = await scene.Champions.EndOfWatchAsync();

        Assert.Equal((PromotionWatchOutcome.Elapsed, PromotionVerdict.Healthy), (watch.Outcome, watch.Report!.Verdict));
        Assert.Contains(watch.Report.Figures, figure => figure is { Kind: PromotionFigureKind.Loss, Effect: < 0 });
        await scene.RequireLiveAsync(2, second);
        ChannelEntry live = (await scene.HistoryAsync())[^1];
        Assert.Equal(watch.Outcome, (await ChannelWatchVerb.ReadAsync(scene.Stack.Client, live, CancellationToken.None)).Outcome);
        var never = await Assert.ThrowsAsync<CommandException>(() => ChannelWatchVerb.ReadAsync(scene.Stack.Client, live with { Version = 9 }, CancellationToken.None));
        Assert.Contains("version 9 on production has no watch", never.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Champion_WithOtherAnswersAndNoLabels_IsAQuestionToPeople_AndTheWatchGoesOn()
    {
        await using Scene scene = await Scene.StartAsync(EngineKind.Local, "propose");
        var (_, second) = await scene.Champions.PromoteAsync();

        await scene.Champions.AnswerAsync(second, isContrary: null);
        PromotionWatchState watch = await scene.UntilAsync(state => state.HasAskedAboutShift);
        RollbackState proposed = await RollbackVerb.WaitForProposalAsync(
            EngineLine.Over(scene.Champions.Rollback.Client), scene.Champions.Rollback, _ => { }, CancellationToken.None);

        Assert.Null(watch.Outcome);
        Assert.Contains("shift of the predictions", proposed.Proposal!.Reason, StringComparison.Ordinal);
        await SampleRollbacks.DecideAsync(scene.Champions.Rollback, scene.Stack.Home, "demo-grace", DecisionKind.Reject);
        await scene.Champions.EndOfRollbackAsync();
        int looks = watch.Looks;
        await scene.UntilAsync(state => state.Looks > looks + 2);
        await scene.RequireLiveAsync(2, second);
        Assert.Equal(RollbackOutcome.Rejected, (await scene.Champions.Rollback.GetResultAsync()).Outcome);
    }

    [Fact]
    public async Task Champion_ReplacedByTheNext_IsNotWatchedAnyLonger()
    {
        await using Scene scene = await Scene.StartAsync(EngineKind.Local, "propose");
        await scene.Champions.PromoteAsync();
        var rollback = await SampleRollbacks.ProposeAsync(scene.Stack.Client, "carol");
        await SampleRollbacks.ApproveByBothAsync(rollback, scene.Stack.Home);

        PromotionWatchState watch = await scene.Champions.EndOfWatchAsync();

        Assert.Equal((PromotionWatchOutcome.MovedOn, "version 3 is live"), (watch.Outcome, watch.Reason));
    }

    private sealed class Scene(SampleStack stack, IBlobStore store, TemporaryFolder folder) : IAsyncDisposable
    {
        public SampleStack Stack => stack;

        public WatchedChampions Champions { get; } = new(stack.Client, stack.Home, store, folder.Path);

        public static async Task<Scene> StartAsync(EngineKind engine, string rollback, string duration = "1h")
        {
            SampleStack stack = await SampleStack.StartAsync(engine);
            await WatchedChampions.ConfigureAsync(stack.ModelFile, rollback, duration);
            return new Scene(stack, await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None), new TemporaryFolder());
        }

        public async Task<PromotionWatchState> UntilAsync(Predicate<PromotionWatchState> condition)
        {
            using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
            while (true)
            {
                PromotionWatchState state = await Champions.Watch.QueryAsync(watch => watch.State);
                if (condition(state))
                {
                    return state;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
            }
        }

        public Task<ImmutableArray<ChannelEntry>> HistoryAsync() => new ReleaseChannels(store).HistoryAsync(SampleModel.Name, "production");

        public async Task RequireLiveAsync(long version, RetrainingState champion)
        {
            ChannelEntry live = (await HistoryAsync())[^1];
            Assert.Equal((version, champion.Publication!.ModelDigest), (live.Version, live.Publication.ModelDigest));
        }

        public async ValueTask DisposeAsync()
        {
            await stack.DisposeAsync();
            folder.Dispose();
        }
    }
}
