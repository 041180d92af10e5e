using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>What a rollback asks of the store, the enrolment and its ReleaseChannel.</summary>
public interface IRollbackActivity
{
    /// <summary>
    /// Chooses the version to go back to, verifies its Publication afresh, and seals and keeps the proposal. Fails with
    /// <see cref="FailureTypes.RollbackRefused"/>.
    /// </summary>
    [Activity]
    Task<RollbackPlan> ProposeRollbackAsync(RollbackProposalInput input);

    /// <summary>
    /// Verifies a signed decision about the proposal against the enrolment. Fails with
    /// <see cref="FailureTypes.DecisionRefused"/> and the reason.
    /// </summary>
    [Activity]
    Task<SignedDecision> VerifyRollbackDecisionAsync(RollbackDecisionInput input);

    /// <summary>
    /// Counts the Approvals and verifies the Publication once more, keeps the Approvals beside the proposal, and asks the
    /// channel's keeper to move. Idempotent. Fails with <see cref="FailureTypes.RollbackRefused"/> or
    /// <see cref="FailureTypes.ChannelMoved"/>.
    /// </summary>
    [Activity]
    Task<ChannelEntry> RollBackChannelAsync(RollbackMove move);
}

/// <summary>Input of the proposal.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="InvocationId">The workflow that asks.</param>
public sealed record RollbackProposalInput(RollbackRequest Request, string InvocationId)
{
    /// <summary>The time, as the workflow saw it; a request made before there was this member has none.</summary>
    public DateTimeOffset Now { get; init; }
}

/// <summary>A sealed proposal, and the policy it was sealed under.</summary>
public sealed record RollbackPlan(RollbackProposal Proposal, ApprovalPolicy Policy)
{
    /// <summary>Whether the model's policy has approved it beforehand; asked again when the channel moves.</summary>
    public bool ApprovedByPolicy { get; init; }
}

/// <summary>Input of a decision's verification.</summary>
public sealed record RollbackDecisionInput(DecisionEnvelope Envelope, DecisionKind Expected, RollbackPlan Plan)
{
    /// <summary>The time to judge validity by: the workflow's, so that a retry judges the same.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>Input of the move.</summary>
/// <param name="Plan">What was proposed.</param>
/// <param name="MovedAt">When, as the workflow saw it.</param>
public sealed record RollbackMove(RollbackPlan Plan, DateTimeOffset MovedAt)
{
    /// <summary>Every verified decision; which of them count is decided afresh.</summary>
    public ImmutableArray<SignedDecision> Decisions { get; init; } = [];
}
