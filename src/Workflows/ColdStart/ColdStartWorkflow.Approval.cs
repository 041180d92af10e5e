using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Approvals;
using Lifecycle.Workflows.Contracts;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.ColdStart;

/// <content>Signed decisions of release engineers, delivered by update.</content>
public sealed partial class ColdStartWorkflow
{
    /// <summary>Counts an engineer's signed Approval.</summary>
    [WorkflowUpdate(Description = "Counts a release engineer's signed approval of the reference model in question.")]
    public Task<DecisionReceipt> ApproveAsync(DecisionEnvelope envelope) => DecideAsync(envelope, DecisionKind.Approve);

    /// <summary>Refuses what cannot count, without an event in the history.</summary>
    [WorkflowUpdateValidator(nameof(ApproveAsync))]
    public void ValidateApprove(DecisionEnvelope envelope) => ApprovalRound.Require(round, envelope, state.Request.Model);

    /// <summary>Ends the cold start by an engineer's signed Rejection.</summary>
    [WorkflowUpdate(Description = "Ends the cold start by a release engineer's signed rejection, with its reason.")]
    public Task<DecisionReceipt> RejectAsync(DecisionEnvelope envelope) => DecideAsync(envelope, DecisionKind.Reject);

    /// <summary>Refuses what cannot count, without an event in the history.</summary>
    [WorkflowUpdateValidator(nameof(RejectAsync))]
    public void ValidateReject(DecisionEnvelope envelope) => ApprovalRound.Require(round, envelope, state.Request.Model);

    private ApprovalRound OpenRound(ReleaseManifest release, ApprovalPolicy policy) => new(release, policy)
    {
        VerifyAsync = (envelope, kind) => VerifyAsync(new(envelope, kind, release, policy) { Now = Workflow.UtcNow }),
        Requesters = () => Requesters.Excluded(release, [state.Request.RequestedBy, .. state.AlsoRequestedBy], state.VerifiedRequesters),
        Counted = decisions => Set(state with { Decisions = decisions }),
    };

    private Task<SignedDecision> VerifyAsync(DecisionInput input)
    {
        ActivityOptions call = activities.Short("verify a signed decision");
        call.ScheduleToCloseTimeout = ApprovalRound.VerificationLimit;
        return Workflow.ExecuteActivityAsync((IApprovalActivity activity) => activity.VerifyDecisionAsync(input), call);
    }

    private Task<DecisionReceipt> DecideAsync(DecisionEnvelope envelope, DecisionKind kind) =>
        ApprovalRound.Require(round, envelope, state.Request.Model).DecideAsync(envelope, kind);
}
