using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Approvals;
using Lifecycle.Workflows.Contracts;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.ColdStart;

/// <content>Signed decisions of release engineers, delivered by update.</content>
public sealed partial class ColdStartWorkflow
{
    private protected override string DecidedModel => state.Request.Model;

    private ApprovalRound RoundOf(ReleaseManifest release, ApprovalPolicy policy) => new(RequestKind.ColdStart, release, policy)
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
}
