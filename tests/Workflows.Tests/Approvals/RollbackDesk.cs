using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Tests.Approvals;

/// <summary>Stands in for the store and the enrolment: proposes version 1 again, and takes every decision for signed by who it says.</summary>
internal sealed class RollbackDesk(ApprovalPolicy policy) : IRollbackActivity
{
    public static RollbackRequest Request { get; } = new() { Model = "m", RequestedBy = "carol", Reason = "it got worse" };

    [Activity]
    public Task<RollbackPlan> ProposeRollbackAsync(RollbackProposalInput input) => Task.FromResult(new RollbackPlan(
        new RollbackProposal
        {
            Model = input.Request.Model,
            Channel = input.Request.Channel,
            ChannelVersion = 3,
            PolicyDigest = "policy",
            InvocationId = input.InvocationId,
            RequestedBy = input.Request.RequestedBy,
            RequestDigest = "signed",
            Digest = "subject",
            FromVersion = 2,
            FromReleaseDigest = "two",
            ToVersion = 1,
            To = new("publications/m/one", "one", "root", "model", ["ben"]),
            Snapshot = "2024-01",
            Reason = input.Request.Reason,
        },
        policy));

    [Activity]
    public Task<SignedDecision> VerifyRollbackDecisionAsync(RollbackDecisionInput input) => Task.FromResult(new SignedDecision(
        new DecisionStatement
        {
            Decision = input.Expected,
            Engineer = input.Envelope.Bundle,
            ReleaseDigest = input.Plan.Proposal.Digest,
            Channel = input.Plan.Proposal.Channel,
            ChannelVersion = input.Plan.Proposal.ChannelVersion,
            BlessingDigest = "",
            PolicyDigest = input.Plan.Proposal.PolicyDigest,
            InvocationId = input.Plan.Proposal.InvocationId,
            Reason = "so it is",
            Nonce = $"the one and only nonce of {input.Envelope.Bundle}",
            IssuedAt = input.Now,
            ExpiresAt = input.Now + policy.MaximumDecisionAge,
        },
        $"key of {input.Envelope.Bundle}",
        input.Envelope.Bundle));

    [Activity]
    public Task<ChannelEntry> RollBackChannelAsync(RollbackMove move) =>
        Task.FromResult(move.Plan.Proposal.ToEntry(move.MovedAt, [.. move.Decisions.Select(decision => decision.Statement.Engineer)]));
}
