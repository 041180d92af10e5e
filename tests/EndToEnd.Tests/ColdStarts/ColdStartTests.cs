using System.Text;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Runs;
using Lifecycle.Client.Watching;
using Lifecycle.Data.Events;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Scoring;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Scoring;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Releases;
using Lifecycle.Publishing.Trust;
using Lifecycle.Serving.Importing;
using Lifecycle.Serving.Logging;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Lifecycle.Workflows.Watching;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.ColdStarts;

/// <summary>A model without labels: started from its reference model, until a trained one beats it.</summary>
public sealed class ColdStartTests
{
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Model_WithoutLabels_StartsFromItsReference_LearnsFromFeedback_AndIsReplacedByWhatItLearned(EngineKind engine)
    {
        await using SampleStack stack = await SampleStack.StartAsync(engine);
        YoungModel model = YoungModel.WriteBeside(stack.Home);
        AzureBlobStore store = AzureBlobStore.Open(new() { ConnectionString = stack.Services.BlobConnectionString });
        var tooEarly = await Assert.ThrowsAsync<WorkflowFailedException>(() => LaunchAsync(stack, snapshot: null));
        Assert.Contains("lists no snapshots", RunFailures.Explain(tooEarly).Message, StringComparison.Ordinal);

        ColdStartState started = await SampleColdStarts.GoLiveAsync(stack.Client, stack.Home);
        await RequireUnmeasuredAsync(stack, store, started);
        using (LiveModel live = await OpenLiveAsync(stack))
        {
            Assert.Equal([0.99f, 0.9f, 0.8f, 0.5f], live.Predict(["Temp.Example", "mytemp.org", "trash1.org", "bank1.org"]).Select(answer => answer.Probability!.Value));
        }

        ScoringRequest batch = (await SampleBatches.RequestAsync(store, stack.Home.Scratch, "first")) with { Model = YoungModel.Name };
        ScoringState scored = await SampleBatches.ScoreAsync(stack.Client, batch);
        Assert.Equal(SampleBatches.RowCount, scored.Progress?.RowCount);
        RequireUnwatched(await DriftLook.TakeAsync(EngineLine.Over(stack.Client), YoungModel.Name, _ => { }, CancellationToken.None));

        await ImportAsync(stack, store, YoungModel.Feedback(3000));
        model.AddSnapshot();
        RetrainingState trained = await RetrainAsync(stack);
        Assert.Equal(RetrainingOutcome.Promoted, trained.Outcome);
        Assert.Equal(started.Publication!.ModelDigest, trained.Evaluation!.Champion!.ModelDigest);
        Assert.Contains(trained.Blessing!.Reasons, reason => reason is { Rule: "better than champion", Verdict: BlessingVerdict.Blessed });
        using LiveModel learned = await OpenLiveAsync(stack);
        Assert.Equal((2, YoungModel.Snapshot), (learned.Entry.Version, learned.Entry.Snapshot));

        var (_, again) = await SampleColdStarts.ProposeAsync(stack.Client);
        Assert.Equal(ColdStartOutcome.Refused, again.Outcome);
        Assert.Contains("version 2 is live", again.Reason, StringComparison.Ordinal);
        Assert.Null(again.Release);
    }

    [Fact]
    public async Task ColdStart_ApprovedByWhoAskedForIt_IsNotCounted_AndARejectionEndsItWithNothingLive()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        YoungModel.WriteBeside(stack.Home);
        KeyFolder keys = new(stack.Home.Root);
        using (SigningKey third = keys.Create("linus"))
        {
            keys.Enrol("linus", third.PublicKey);
        }

        var (start, _) = await SampleColdStarts.ProposeSignedAsync(stack.Client, stack.Home, "demo-ada");
        var (joined, _) = await SampleColdStarts.ProposeSignedAsync(stack.Client, stack.Home, "demo-grace");
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
        while ((await joined.QueryAsync(workflow => workflow.State)).VerifiedRequesters.Length < 2)
        {
            await Task.Delay(100, limit.Token);
        }

        var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => SampleColdStarts.DecideAsync(joined, stack.Home, "demo-ada"));
        var refusedToo = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => SampleColdStarts.DecideAsync(joined, stack.Home, "demo-grace"));
        await SampleColdStarts.DecideAsync(start, stack.Home, "demo-grace", DecisionKind.Reject);
        ColdStartState state = await start.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Contains("may not approve", RunFailures.Telling(refused).Message, StringComparison.Ordinal);
        Assert.Contains("may not approve", RunFailures.Telling(refusedToo).Message, StringComparison.Ordinal);
        Assert.Equal(["demo-grace"], state.AlsoRequestedBy);
        Assert.Equal((ColdStartOutcome.Rejected, "demo-ada"), (state.Outcome, state.Request.RequestedBy));
        await Assert.ThrowsAsync<NotServableException>(() => OpenLiveAsync(stack));
    }

    // Two people, of whom one asks and one approves: whoever asks signs, or it takes two approvals.
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task ColdStart_OfThresholdOne_TakesTwoPeople_WhoeverAsks(EngineKind engine)
    {
        await using SampleStack stack = await SampleStack.StartAsync(engine);
        YoungModel.WriteBeside(stack.Home).SetThreshold(1);
        KeyFolder keys = new(stack.Home.Root);
        keys.WriteTrustRoot(keys.ReadTrustRoot() with { MinimumApprovals = 1 });
        var (unsigned, asked) = await SampleColdStarts.ProposeAsync(stack.Client, "demo-grace");
        await SampleColdStarts.DecideAsync(unsigned, stack.Home, "demo-ada");
        ColdStartState alone = await unsigned.QueryAsync(workflow => workflow.State);
        await SampleColdStarts.DecideAsync(unsigned, stack.Home, "demo-grace", DecisionKind.Reject);
        await unsigned.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(5));

        var (signed, waiting) = await SampleColdStarts.ProposeSignedAsync(stack.Client, stack.Home, "demo-ada");
        var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => SampleColdStarts.DecideAsync(signed, stack.Home, "demo-ada"));
        await SampleColdStarts.DecideAsync(signed, stack.Home, "demo-grace");
        ColdStartState live = await signed.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Equal((2, null, 1), (asked.Threshold, alone.Outcome, alone.Decisions.Length));
        Assert.Equal(1, waiting.Threshold);
        Assert.Contains("may not approve", RunFailures.Telling(refused).Message, StringComparison.Ordinal);
        Assert.Equal(ColdStartOutcome.Promoted, live.Outcome);
        Assert.Equal(("demo-ada (verified)", "demo-grace"), (live.Entry!.Grounds!.Requester, Assert.Single(live.Entry.Grounds.ApprovedBy)));
        using LiveModel model = await OpenLiveAsync(stack);
        Assert.Equal(1, model.Entry.Version);
    }

    [Fact]
    public async Task ColdStart_ApprovedByWhoJoinsAfterwards_WaitsForSomebodyElse()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        YoungModel.WriteBeside(stack.Home);
        SampleRuns.Enrol(stack.Home, "linus");
        var (start, _) = await SampleColdStarts.ProposeAsync(stack.Client);
        await SampleColdStarts.DecideAsync(start, stack.Home, "demo-ada");
        await SampleColdStarts.ProposeSignedAsync(stack.Client, stack.Home, "demo-ada");
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
        while ((await start.QueryAsync(workflow => workflow.State)).VerifiedRequesters.IsEmpty)
        {
            await Task.Delay(100, limit.Token);
        }

        DecisionReceipt grace = await SampleColdStarts.DecideAsync(start, stack.Home, "demo-grace");
        await SampleColdStarts.DecideAsync(start, stack.Home, "linus");
        ColdStartState state = await start.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(1, grace.ApprovalCount);
        Assert.Equal(["demo-grace", "linus"], state.Entry!.Grounds!.ApprovedBy);
    }

    [Fact]
    public async Task ColdStart_WhileAnotherModelGoesLive_ReplacesNothing_AndSignsNothing()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        YoungModel.WriteBeside(stack.Home);
        var (start, _) = await SampleColdStarts.ProposeAsync(stack.Client);
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        Publication trained = new($"publications/{YoungModel.Name}/other", "other", "other", "other", []);
        using MemoryStream signature = new(Encoding.UTF8.GetBytes("{}"));
        await store.PutIfAbsentAsync($"{trained.Directory}/model.sig", signature, "application/json");
        await new ReleaseChannels(store).MoveAsync(
            new(YoungModel.Name, "production", 1, ChannelMove.Promotion, trained, "2024-01", TimeProvider.System.GetUtcNow(), "temporal://default/retrain/young-host/1"));

        foreach (string engineer in DemoEngineers.Names)
        {
            await SampleColdStarts.DecideAsync(start, stack.Home, engineer);
        }

        ColdStartState state = await start.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(ColdStartOutcome.Overtaken, state.Outcome);
        Assert.Contains("version 1 is live on production (snapshot 2024-01)", state.Reason, StringComparison.Ordinal);
        Assert.Null(state.Publication);
        Assert.Equal([$"{trained.Directory}/model.sig"], await store.ListAsync($"publications/{YoungModel.Name}/").ToArrayAsync());
    }

    [Fact]
    public async Task ColdStart_WithoutAReference_FailsAndNamesTheKey()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        YoungModel.WriteBeside(stack.Home).ForgetReference();

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => SampleColdStarts.ProposeAsync(stack.Client));

        Assert.Contains("reference.coldStart", RunFailures.Explain(failed).Message, StringComparison.Ordinal);
    }

    // The signed manifest, the verdict, the card and the document all say it.
    private static async Task RequireUnmeasuredAsync(SampleStack stack, AzureBlobStore store, ColdStartState started)
    {
        Assert.Equal((ColdStartOutcome.Promoted, 1L, Origin.ReferenceName), (started.Outcome, started.Entry?.Version, started.Entry?.Snapshot));
        Assert.Equal(BlessingVerdict.Inconclusive, started.Blessing!.Verdict);
        Assert.Equal(ColdStartGate.UnmeasuredRule, started.Blessing.Reasons[0].Rule);
        Assert.InRange(started.Reference!.Model.Parity.RowCount, 1000, 100_000);
        TrustRoot root = new KeyFolder(stack.Home.Root).ReadTrustRoot();
        VerificationReport report = await new PublicationVerifier(root, TimeProvider.System).VerifyBlobAsync(store, started.Publication!.Directory, CancellationToken.None);
        Assert.True(report.Passed, report.Refusal);
        Assert.StartsWith("NOT measured against labels", report.Release!.Unmeasured, StringComparison.Ordinal);
        foreach (string file in (string[])[ReleaseFileNames.ModelCard, ReleaseFileNames.Evaluation, ReleaseFileNames.Blessing])
        {
            StoredBlob blob = (await store.ReadAsync($"{started.Publication.Directory}/{file}", 1 << 20))!;
            Assert.Contains("NOT measured against labels", System.Text.Encoding.UTF8.GetString(blob.Content.Span), StringComparison.Ordinal);
        }
    }

    private static void RequireUnwatched(DriftWatchResult look)
    {
        Assert.Empty(look.Windows);
        Assert.Contains("inconclusive: version 1 is a cold start", look.Note, StringComparison.Ordinal);
    }

    private static Task<LaunchResult> LaunchAsync(SampleStack stack, string? snapshot) => RetrainingLaunch.StartAsync(
        EngineLine.Over(stack.Client),
        new RetrainingRequest { Model = YoungModel.Name, Snapshot = snapshot, Trigger = new() { RequestedBy = "carol" }, HeartbeatTimeout = TimeSpan.FromSeconds(2) },
        _ => { },
        CancellationToken.None);

    private static async Task<RetrainingState> RetrainAsync(SampleStack stack)
    {
        LaunchResult launched = await LaunchAsync(stack, YoungModel.Snapshot);
        var run = stack.Client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(launched.WorkflowId, launched.RunId);
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
        RetrainingState state = await SampleRuns.Follower(run).FollowAsync(seen => seen.Release is not null, limit.Token);
        Assert.True(state.Release is not null, state.Reason);
        foreach (string engineer in DemoEngineers.Names)
        {
            await SampleRuns.DecideAsync(run, stack.Home, engineer);
        }

        return await SampleRuns.Follower(run).FollowAsync(_ => false, limit.Token);
    }

    private static async Task ImportAsync(SampleStack stack, AzureBlobStore store, string text)
    {
        string file = Path.Combine(stack.Home.Scratch, "desk.csv");
        await File.WriteAllTextAsync(file, text);
        await new LogImport(new PredictionParts(store, stack.Home.Scratch), TimeProvider.System).ImportAsync(
            new() { Model = YoungModel.Name, File = file, Source = "desk", Columns = new EventColumns { Input = "host", Label = "bad", LabelTime = "told" } },
            scorer: null);
    }

    private static Task<LiveModel> OpenLiveAsync(SampleStack stack) => BlobRooms.OpenLiveModelAsync(
        stack.Services.BlobConnectionString, stack.Home, YoungModel.Name, "production", CancellationToken.None);
}
