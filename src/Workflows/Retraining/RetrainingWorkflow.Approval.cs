using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows.Approvals;
using Lifecycle.Workflows.Contracts;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Retraining;

/// <content>Stage 8, Approval: signed decisions of release engineers, delivered by update.</content>
public sealed partial class RetrainingWorkflow
{
    private protected override string DecidedModel => State.Model;

    private async Task<(RetrainingOutcome Outcome, string Reason)?> AwaitApprovalAsync(RunDefinition definition, ChannelEntry? champion)
    {
        ApprovalPolicy policy = definition.Approval;
        progress.Begin(RetrainingStage.Approval);
        ReleaseManifest release = await PrepareReleaseAsync(definition, champion);
        ApprovalTally tally = await CollectAsync(RoundOf(release, policy));
        if (tally.Rejection is not null)
        {
            return (RetrainingOutcome.Rejected, tally.Sentence);
        }

        if (!tally.IsApproved)
        {
            return (RetrainingOutcome.ApprovalTimedOut, $"{tally.Sentence} within {policy.Timeout}");
        }

        progress.End(RetrainingStage.Approval, StageStatus.Completed, $"approved by {string.Join(" and ", tally.ApprovedBy)}");
        return null;
    }

    private async Task<ReleaseManifest> PrepareReleaseAsync(RunDefinition definition, ChannelEntry? champion)
    {
        ReleaseInput input = new(definition, State)
        {
            Champion = champion,
            InvocationId = Invocation.Id,
            StartedAt = Workflow.Info.WorkflowStartTime,
            FinishedAt = Workflow.UtcNow,
        };
        ReleaseManifest release = await Workflow.ExecuteActivityAsync(
            (IApprovalActivity activity) => activity.PrepareReleaseAsync(input),
            stages.Long("prepare the release for decision"));
        progress.Set(state => state with { Release = release });
        return release;
    }

    // Whoever gave a reason for the run, first or later, and signed, may reject it but not approve it.
    private ApprovalRound RoundOf(ReleaseManifest release, ApprovalPolicy policy) => new(RequestKind.Retrain, release, policy)
    {
        VerifyAsync = (envelope, kind) => VerifyAsync(new(envelope, kind, release, policy) { Now = Workflow.UtcNow }),
        Requesters = () => Requesters.Excluded(release, State.Triggers.Select(trigger => trigger.RequestedBy), State.VerifiedRequesters),
        Counted = decisions => progress.Set(state => state with { Decisions = decisions }),
    };

    private Task<SignedDecision> VerifyAsync(DecisionInput input)
    {
        ActivityOptions call = stages.Short("verify a signed decision");
        call.ScheduleToCloseTimeout = ApprovalRound.VerificationLimit;
        return Workflow.ExecuteActivityAsync((IApprovalActivity activity) => activity.VerifyDecisionAsync(input), call);
    }
}
