using Lifecycle.Cli.Hosting;
using Lifecycle.Client;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Keys;
using Lifecycle.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Runs;

/// <summary>Decisions of release engineers, against a run that waits for them.</summary>
public sealed class DecisionTests
{
    [Fact]
    public async Task Approval_SignedWithAnotherKey_IsRefusedAndTheRunGoesOn()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        var run = await SampleRuns.StartAsync(stack.Client, "2024-01");
        using SigningKey stranger = SigningKey.Create("demo-ada");
        DecisionEnvelope forged = await Decisions.SignAsync(
            run, DecisionKind.Approve, stranger, "", TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
            () => Decisions.DeliverAsync(run, DecisionKind.Approve, forged, CancellationToken.None));

        Assert.Contains("demo-ada", Innermost(refused).Message, StringComparison.Ordinal);
        RetrainingState state = await run.QueryAsync(workflow => workflow.State);
        Assert.Empty(state.Decisions);
        Assert.Null(state.Outcome);
    }

    [Fact]
    public async Task Approval_WithoutABundle_IsRefusedAndTheRunGoesOn()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        var run = await SampleRuns.StartAsync(stack.Client, "2024-01");

        var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
            () => Decisions.DeliverAsync(run, DecisionKind.Approve, new DecisionEnvelope(null!), CancellationToken.None));
        DecisionReceipt next = await SampleRuns.DecideAsync(run, stack.Home, "demo-ada");

        Assert.Contains("bundle", Innermost(refused).Message, StringComparison.Ordinal);
        Assert.Equal(1, next.ApprovalCount);
    }

    [Fact]
    public async Task Approval_OfAnEngineerWhoJoinedTheRun_IsRefused()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        var run = await SampleRuns.StartAsync(stack.Client, "2024-01");
        await SampleRuns.JoinAsync(run, stack.Home, "demo-ada");

        var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => SampleRuns.DecideAsync(run, stack.Home, "demo-ada"));

        Assert.Contains("asked for this run", Innermost(refused).Message, StringComparison.Ordinal);
    }

    // Who approved first and joins afterwards is both: the approval is taken back, and the others decide.
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Approval_OfAnEngineerWhoJoinsAfterwards_IsTakenBack_AlsoAtPublication(EngineKind engine)
    {
        await using SampleStack stack = await SampleStack.StartAsync(engine);
        SampleRuns.Enrol(stack.Home, "linus");
        var run = await SampleRuns.StartAsync(stack.Client, "2024-01");
        await SampleRuns.DecideAsync(run, stack.Home, "demo-ada");

        RetrainingState joined = await SampleRuns.JoinAsync(run, stack.Home, "demo-ada");
        var again = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => SampleRuns.DecideAsync(run, stack.Home, "demo-ada"));
        DecisionReceipt grace = await SampleRuns.DecideAsync(run, stack.Home, "demo-grace");
        RetrainingState waiting = await run.QueryAsync(workflow => workflow.State);
        await SampleRuns.DecideAsync(run, stack.Home, "linus");
        RetrainingState ended = await run.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(5));

        Assert.Empty(joined.Decisions);
        Assert.Contains("asked for this run", Innermost(again).Message, StringComparison.Ordinal);
        Assert.Equal((1, null), (grace.ApprovalCount, waiting.Outcome));
        Assert.Equal(RetrainingOutcome.Promoted, ended.Outcome);
        Assert.Equal(["demo-grace", "linus"], ended.Publication!.ApprovedBy);
        Assert.Equal(["demo-grace", "linus"], ended.Channel!.Grounds!.ApprovedBy);
    }

    // A name beside a signature that proves nothing is a name, whoever else has signed.
    [Fact]
    public async Task Trigger_WithAForgedSignatureOfAVerifiedRequester_IsShownAsUnverified()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        SampleRuns.Enrol(stack.Home, "linus");
        using SigningKey ada = new KeyFolder(stack.Home.Root).Open("demo-ada");
        using SigningKey stranger = SigningKey.Create("demo-ada");
        var run = await SampleRuns.StartAsync(stack.Client, SampleRuns.Sign(SampleRuns.Request("2024-01"), ada));
        TriggerReason forged = SampleRuns.Sign(SampleRuns.Request("2024-01"), stranger).Trigger with { Note = "approve it quickly" };
        await run.SignalAsync(workflow => workflow.AddTriggerAsync(forged));
        await SampleRuns.JoinAsync(run, stack.Home, "demo-grace");

        RetrainingState state = await run.QueryAsync(workflow => workflow.State);

        Assert.Equal([true, false, true], state.Triggers.Select(state.IsVerified));
        Assert.DoesNotContain("lastFailure", (await run.FetchHistoryAsync()).ToJson(), StringComparison.Ordinal);
        Assert.Equal(["demo-ada", "demo-grace"], state.VerifiedRequesters);
    }

    [Fact]
    public async Task Approval_OfAnEngineerWhoseNameSomebodyElseJoinedUnder_Counts()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        var run = await SampleRuns.StartAsync(stack.Client, "2024-01");
        await run.SignalAsync(workflow => workflow.AddTriggerAsync(new() { RequestedBy = "demo-ada", Note = "not me" }));

        Assert.Equal(1, (await SampleRuns.DecideAsync(run, stack.Home, "demo-ada")).ApprovalCount);
    }

    [Fact]
    public async Task Approval_OfTheSameEngineerTwice_CountsOnce()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        var run = await SampleRuns.StartAsync(stack.Client, "2024-01");
        DecisionReceipt first = await SampleRuns.DecideAsync(run, stack.Home, "demo-ada");

        var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => SampleRuns.DecideAsync(run, stack.Home, "demo-ada"));

        Assert.Equal(1, first.ApprovalCount);
        Assert.Contains("has decided already", Innermost(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approval_ForAnOlderChallenger_IsRefused()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        var first = await SampleRuns.StartAsync(stack.Client, "2024-01");
        using SigningKey ada = new KeyFolder(stack.Home.Root).Open("demo-ada");
        DecisionEnvelope old = await Decisions.SignAsync(
            first, DecisionKind.Approve, ada, "", TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None);
        await SampleRuns.DecideAsync(first, stack.Home, "demo-grace", DecisionKind.Reject);
        RetrainingState rejected = await first.GetResultAsync();
        var second = await SampleRuns.StartAsync(stack.Client, "2024-02");

        var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
            () => Decisions.DeliverAsync(second, DecisionKind.Approve, old, CancellationToken.None));

        Assert.Equal(RetrainingOutcome.Rejected, rejected.Outcome);
        Assert.Contains("another release", Innermost(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejection_WithoutAReason_IsRefusedBeforeItIsSigned()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        var run = await SampleRuns.StartAsync(stack.Client, "2024-01");
        using SigningKey ada = new KeyFolder(stack.Home.Root).Open("demo-ada");

        var refused = await Assert.ThrowsAsync<ClientException>(() => Decisions.SignAsync(
            run, DecisionKind.Reject, ada, " ", TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None));

        Assert.Equal(ClientFailure.BadInput, refused.Kind);
    }

    private static Exception Innermost(Exception failure)
    {
        while (failure.InnerException is { } cause)
        {
            failure = cause;
        }

        return failure;
    }
}
