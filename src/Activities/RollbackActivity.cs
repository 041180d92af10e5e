using Lifecycle.Activities.Stages;
using Lifecycle.Definitions;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Stores;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Client;

namespace Lifecycle.Activities;

/// <summary>
/// Proposes and carries out rollbacks. The policy is the one in the worker's own copy of the model definition: who asks for a
/// rollback does not choose how many must approve it.
/// </summary>
public sealed class RollbackActivity(
    ITemporalClient client, StageFolders folders, KeyFolder keys, IBlobStore store, TimeProvider time) : IRollbackActivity
{
    /// <inheritdoc/>
    [Activity]
    public Task<RollbackPlan> ProposeRollbackAsync(RollbackProposalInput input) => StageScope.RunAsync(async cancellation =>
    {
        RollbackRequest request = input.Request;
        if (string.IsNullOrWhiteSpace(request.Reason) || string.IsNullOrWhiteSpace(request.RequestedBy))
        {
            throw new InvalidRequestException("a rollback needs a reason and the name of who asks; the request has none: give 'reason' and 'requestedBy'");
        }

        ApprovalPolicy policy = new ModelCatalog(folders.Models).Read(request.Model).Definition.Approval.ForRollbacks();
        RollbackProposal proposal = await OpenRollbacks().ProposeAsync(request, policy, input.InvocationId, cancellation);
        return new RollbackPlan(proposal, policy);
    });

    /// <inheritdoc/>
    [Activity]
    public Task<SignedDecision> VerifyRollbackDecisionAsync(RollbackDecisionInput input) => StageScope.RunAsync(_ => DecisionDelivery.Verify(
        input.Envelope, input.Expected, keys.ReadTrustRoot().Enrolment, input.Plan.Proposal, input.Plan.Policy, input.Now));

    /// <inheritdoc/>
    [Activity]
    public Task<ChannelEntry> RollBackChannelAsync(RollbackMove move) => StageScope.RunAsync(async cancellation =>
    {
        RollbackPlan plan = move.Plan;
        await OpenRollbacks().ApproveAsync(plan.Proposal, plan.Policy, move.Decisions, cancellation);
        return await client.MoveChannelAsync(plan.Proposal.ToEntry(move.MovedAt), cancellation);
    });

    private Rollbacks OpenRollbacks() => new(store, keys.ReadTrustRoot(), time);
}
