using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Runs;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Keys;
using Lifecycle.Serving.Models;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Rollbacks;

/// <summary>A ReleaseChannel goes back to the Publication before, through the approvals of release engineers.</summary>
public sealed class RollbackTests
{
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Rollback_ApprovedByAnother_MakesTheOlderModelLiveUnderAHigherVersion(EngineKind engine)
    {
        await using SampleStack stack = await SampleStack.StartAsync(engine);
        RetrainingState first = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-01");
        RetrainingState second = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        Assert.Equal(2, second.Channel?.Version);
        var rollback = await SampleRollbacks.ProposeSignedAsync(stack.Client, stack.Home, "demo-ada", live: 2);

        var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
            () => SampleRollbacks.DecideAsync(rollback, stack.Home, "demo-ada"));
        var doubled = await Assert.ThrowsAsync<CommandException>(() => SampleRollbacks.ProposeAsync(stack.Client, "carol"));
        await SampleRollbacks.DecideAsync(rollback, stack.Home, "demo-grace");
        RollbackState state = await rollback.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Contains("may not approve", RunFailures.Telling(refused).Message, StringComparison.Ordinal);
        Assert.Contains("in flight", doubled.Message, StringComparison.Ordinal);
        Assert.Equal(RollbackOutcome.RolledBack, state.Outcome);
        using LiveModel live = await OpenLiveAsync(stack);
        Assert.Equal((3, ChannelMove.Rollback), (live.Entry.Version, live.Entry.Move));
        Assert.Equal(("demo-ada (verified)", "demo-grace", "a test"), (live.Entry.Grounds!.Requester, Assert.Single(live.Entry.Grounds.ApprovedBy), live.Entry.Grounds.Reason));
        Assert.Equal(first.Publication!.ModelDigest, live.Entry.Publication.ModelDigest);
        Assert.Equal(state.Proposal!.InvocationId, live.Entry.MovedBy);
        Assert.InRange(live.Predict("river17.com").Probability!.Value, 0, 1);
    }

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Rollback_AskedForAsSomebodyElse_IsNotMovedByOnePerson(EngineKind engine)
    {
        await using SampleStack stack = await SampleStack.StartAsync(engine);
        await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-01");
        await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        using SigningKey grace = new KeyFolder(stack.Home.Root).Open("demo-grace");
        using SigningKey unenrolled = SigningKey.Create("demo-ada");
        using SigningKey ada = new KeyFolder(stack.Home.Root).Open("demo-ada");
        RollbackRequest asAda = SampleRollbacks.Request("demo-ada");
        RollbackRequest signed = SampleRollbacks.Sign(asAda, ada, live: 2);
        foreach ((RollbackRequest forged, string reason) in new (RollbackRequest, string)[]
        {
            (SampleRollbacks.Sign(asAda, grace, live: 2), "is not by demo-ada's enrolled key"),
            (SampleRollbacks.Sign(asAda, unenrolled, live: 2), "is not by demo-ada's enrolled key"),
            (SampleRollbacks.Sign(SampleRollbacks.Request("mallory"), unenrolled, live: 2), "is not enrolled"),
            (signed with { Reason = "another" }, "reason is"),
            (signed with { ToVersion = 1 }, "toVersion is"),
        })
        {
            var refused = await Assert.ThrowsAsync<WorkflowFailedException>(() => SampleRollbacks.ProposeAsync(stack.Client, forged));
            Assert.Contains(reason, RunFailures.Explain(refused).Message, StringComparison.Ordinal);
        }

        var rollback = await SampleRollbacks.ProposeAsync(stack.Client, asAda);
        await SampleRollbacks.DecideAsync(rollback, stack.Home, "demo-grace");
        RollbackState alone = await rollback.QueryAsync(workflow => workflow.State);
        await SampleRollbacks.DecideAsync(rollback, stack.Home, "demo-ada");
        RollbackState both = await rollback.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal((null, 2, 1), (alone.Outcome, alone.Threshold, alone.Decisions.Length));
        Assert.Equal(RollbackOutcome.RolledBack, both.Outcome);
        Assert.Equal("demo-ada (unverified)", both.Entry!.Grounds!.Requester);
        Assert.Equal(["demo-ada", "demo-grace"], both.Entry.Grounds.ApprovedBy);
    }

    [Fact]
    public async Task Rollback_SignedRequestPlayedBack_IsRefused()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-01");
        await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        using SigningKey ada = new KeyFolder(stack.Home.Root).Open("demo-ada");
        RollbackRequest signed = SampleRollbacks.Sign(SampleRollbacks.Request("demo-ada"), ada, live: 2);
        var rejected = await SampleRollbacks.ProposeAsync(stack.Client, signed);
        await SampleRollbacks.DecideAsync(rejected, stack.Home, "demo-grace", DecisionKind.Reject);
        await rejected.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(2));

        var refused = await Assert.ThrowsAsync<WorkflowFailedException>(() => SampleRollbacks.ProposeAsync(stack.Client, signed));

        Assert.Contains("another request was begun with the nonce", RunFailures.Explain(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rollback_Rejected_LeavesTheChannelAlone()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-01");
        RetrainingState second = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        var rollback = await SampleRollbacks.ProposeAsync(stack.Client, "carol");

        await SampleRollbacks.DecideAsync(rollback, stack.Home, "demo-ada", DecisionKind.Reject);
        RollbackState state = await rollback.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(RollbackOutcome.Rejected, state.Outcome);
        using LiveModel live = await OpenLiveAsync(stack);
        Assert.Equal((2, second.Publication!.ReleaseDigest), (live.Entry.Version, live.Entry.Publication.ReleaseDigest));
    }

    [Fact]
    public async Task Rollback_OfTheFirstVersion_FailsAndSaysThatThereIsNothingBefore()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-01");

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => SampleRollbacks.ProposeAsync(stack.Client, "carol"));

        var reason = Assert.IsType<ApplicationFailureException>(failed.InnerException!.InnerException);
        Assert.Equal(FailureTypes.RollbackRefused, reason.ErrorType);
        Assert.Contains("nothing to roll back to", reason.Message, StringComparison.Ordinal);
    }

    private static Task<LiveModel> OpenLiveAsync(SampleStack stack) => BlobRooms.OpenLiveModelAsync(
        stack.Services.BlobConnectionString, stack.Home, SampleModel.Name, "production", CancellationToken.None);
}
