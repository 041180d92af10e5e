using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Releases;
using Lifecycle.Cli.Runs;
using Lifecycle.Cli;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
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
        using SigningKey ada = new KeyFolder(stack.Home.Root).Open("demo-ada");
        RetrainingRequest request = new() { Model = SampleModel.Name, Trigger = new() { RequestedBy = "demo-ada", Note = "me too" } };
        RequestStatement statement = RequestSigner.Make(AskedFor.Of(request, "production"), TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
        TriggerReason trigger = request.Trigger with { Signed = RequestSigner.Sign(statement, ada) };
        await run.SignalAsync(workflow => workflow.AddTriggerAsync(trigger));
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
        await SampleRuns.Follower(run).FollowAsync(state => state.VerifiedRequesters.Contains("demo-ada"), limit.Token);

        var refused = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => SampleRuns.DecideAsync(run, stack.Home, "demo-ada"));

        Assert.Contains("asked for this run", Innermost(refused).Message, StringComparison.Ordinal);
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

        var refused = await Assert.ThrowsAsync<CommandException>(() => Decisions.SignAsync(
            run, DecisionKind.Reject, ada, " ", TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None));

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
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
