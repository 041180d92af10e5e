using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Approvals;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Rollback;

/// <summary>
/// One rollback of a ReleaseChannel: proposed, decided by release engineers, and carried out by the channel's keeper under
/// the next version. Its id is <c>rollback/&lt;model&gt;/&lt;channel&gt;</c>, so that a channel has one in flight at most. An expected
/// ending completes it with that outcome; a request that cannot be met fails it.
/// </summary>
[Workflow]
public sealed class RollbackWorkflow : DecidableWorkflow
{
    private readonly StageActivities activities;
    private RollbackState state;

    /// <summary>Makes the state, so that queries and updates find it before the proposal.</summary>
    [WorkflowInit]
    public RollbackWorkflow(RollbackRequest request)
    {
        state = new RollbackState { Request = request };
        activities = new StageActivities(request.HeartbeatTimeout);
    }

    /// <summary>Where the rollback stands.</summary>
    [WorkflowQuery]
    public RollbackState State => state;

    private protected override string DecidedModel => state.Request.Model;

    /// <summary>Proposes, waits for the decisions, and moves the channel.</summary>
    [WorkflowRun]
    public async Task<RollbackState> RunAsync(RollbackRequest request)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Model.ValueSet(request.Model));
        RollbackPlan plan = await ProposeAsync(request);
        if (plan.ApprovedByPolicy && await MoveByPolicyAsync(plan) is { } moved)
        {
            return moved;
        }

        plan = plan with { ApprovedByPolicy = false };
        Set(state with { Threshold = plan.Policy.RequiredFor(plan.Proposal) });
        WaitingStage.Begin();
        ApprovalTally tally = await CollectAsync(RoundOf(plan));
        WaitingStage.End();
        if (!tally.IsApproved)
        {
            return await FinishAsync(
                tally.Rejection is null ? RollbackOutcome.ApprovalTimedOut : RollbackOutcome.Rejected, tally.Sentence);
        }

        return await MoveAsync(plan);
    }

    private async Task<RollbackPlan> ProposeAsync(RollbackRequest request)
    {
        RollbackProposalInput input = new(request, Invocation.Id) { Now = Workflow.UtcNow };
        RollbackPlan plan = await Workflow.ExecuteActivityAsync(
            (IRollbackActivity activity) => activity.ProposeRollbackAsync(input),
            activities.Medium($"propose a rollback of {request.Channel}"));
        Set(state with { Proposal = plan.Proposal, Threshold = plan.ApprovedByPolicy ? 0 : plan.Policy.RequiredFor(plan.Proposal) });
        return plan;
    }

    private ApprovalRound RoundOf(RollbackPlan plan) => new(RequestKind.Rollback, plan.Proposal, plan.Policy)
    {
        VerifyAsync = (envelope, kind) => VerifyAsync(new(envelope, kind, plan) { Now = Workflow.UtcNow }),
        Requesters = () => Requesters.Excluded(plan.Proposal, [plan.Proposal.RequestedBy], []),
        Counted = decisions => Set(state with { Decisions = decisions }),
    };

    private Task<SignedDecision> VerifyAsync(RollbackDecisionInput input)
    {
        ActivityOptions call = activities.Short("verify a signed decision");
        call.ScheduleToCloseTimeout = ApprovalRound.VerificationLimit;
        return Workflow.ExecuteActivityAsync((IRollbackActivity activity) => activity.VerifyRollbackDecisionAsync(input), call);
    }

    // What policy no longer approves when the channel is to move, people decide about.
    private async Task<RollbackState?> MoveByPolicyAsync(RollbackPlan plan)
    {
        try
        {
            return await MoveAsync(plan);
        }
        catch (ActivityFailureException failure)
            when (failure.InnerException is ApplicationFailureException { ErrorType: FailureTypes.RollbackRefused } refused)
        {
            Set(state with { Reason = refused.Message });
            return null;
        }
    }

    private async Task<RollbackState> MoveAsync(RollbackPlan plan)
    {
        RollbackMove move = new(plan, Workflow.UtcNow) { Decisions = state.Decisions };
        try
        {
            ChannelEntry entry = await Workflow.ExecuteActivityAsync(
                (IRollbackActivity activity) => activity.RollBackChannelAsync(move),
                activities.Publish($"move {plan.Proposal.Channel} to version {plan.Proposal.ChannelVersion}"));
            Set(state with { Entry = entry });
            return await FinishAsync(RollbackOutcome.RolledBack, $"version {entry.Version} is the publication of version {plan.Proposal.ToVersion}{(plan.ApprovedByPolicy ? ", approved beforehand by the model's policy" : "")}");
        }
        catch (ActivityFailureException failure)
            when (failure.InnerException is ApplicationFailureException { ErrorType: FailureTypes.ChannelMoved } moved)
        {
            return await FinishAsync(RollbackOutcome.Overtaken, moved.Message);
        }
    }

    private async Task<RollbackState> FinishAsync(RollbackOutcome outcome, string reason)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Verdict.ValueSet(outcome.ToString()));
        Set(state with { Outcome = outcome, Reason = reason });
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return state;
    }

    private void Set(RollbackState changed)
    {
        state = changed;
        Workflow.CurrentDetails = RollbackDetails.Of(changed);
    }
}
