using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Contracts;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Approvals;

/// <summary>
/// A workflow that waits for release engineers: the updates by which they decide, the query for what it waits for, and the search
/// attribute by which all that wait are found, <c>LifecycleStage = 'Approval'</c>.
/// </summary>
public abstract class DecidableWorkflow
{
    private ApprovalRound? round;

    /// <summary>The decision that is waited for; null when none is.</summary>
    [WorkflowQuery]
    public PendingDecision? Pending => round?.Pending;

    /// <summary>Name of the model that decisions are about.</summary>
    private protected abstract string DecidedModel { get; }

    /// <summary>Counts an engineer's signed Approval.</summary>
    [WorkflowUpdate(Description = "Counts a release engineer's signed approval of what is waiting.")]
    public Task<DecisionReceipt> ApproveAsync(DecisionEnvelope envelope) => DecideAsync(envelope, DecisionKind.Approve);

    /// <summary>Refuses what cannot count, without an event in the history.</summary>
    [WorkflowUpdateValidator(nameof(ApproveAsync))]
    public void ValidateApprove(DecisionEnvelope envelope) => ApprovalRound.Require(round, envelope, DecidedModel);

    /// <summary>Ends what is waiting by an engineer's signed Rejection.</summary>
    [WorkflowUpdate(Description = "Ends what is waiting by a release engineer's signed rejection, with its reason.")]
    public Task<DecisionReceipt> RejectAsync(DecisionEnvelope envelope) => DecideAsync(envelope, DecisionKind.Reject);

    /// <summary>Refuses what cannot count, without an event in the history.</summary>
    [WorkflowUpdateValidator(nameof(RejectAsync))]
    public void ValidateReject(DecisionEnvelope envelope) => ApprovalRound.Require(round, envelope, DecidedModel);

    /// <summary>Waits for the decisions of a round.</summary>
    private protected Task<ApprovalTally> CollectAsync(ApprovalRound opened)
    {
        round = opened;
        return opened.CollectAsync();
    }

    /// <summary>Takes back the Approvals of those who ask for it by now.</summary>
    private protected void WithdrawApprovalsOfRequesters() => round?.WithdrawApprovalsOfRequesters();

    private Task<DecisionReceipt> DecideAsync(DecisionEnvelope envelope, DecisionKind kind) =>
        ApprovalRound.Require(round, envelope, DecidedModel).DecideAsync(envelope, kind);
}
