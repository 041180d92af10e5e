using System.Collections.Immutable;
using Lifecycle.Activities.Stages;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Rollback;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Client;

namespace Lifecycle.Activities;

/// <summary>
/// Proposes and carries out rollbacks. The policy is the one in the worker's own copy of the model definition: who asks for a
/// rollback does not choose how many must approve it.
/// </summary>
public sealed class RollbackActivity(
    ITemporalClient client, StageFolders folders, KeyFolder keys, IBlobStore store, ArtifactStore artifacts, RequestDesk desk, TimeProvider time) : IRollbackActivity
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

        (ChannelEntry From, ChannelEntry To) target = await OpenRollbacks().ChooseAsync(request, cancellation);
        ApprovalPolicy policy = Definition(request.Model).Approval.ForRollbackTo(target.To);
        SignedRequest? signed = await desk.AdmitAsync(request.Signed, request.Asks(), policy, cancellation);
        RollbackProposal proposal = await OpenRollbacks().ProposeAsync(request, target, policy, input.InvocationId, signed, cancellation);
        string? objection = await PolicyObjectionAsync(proposal, input.Now, cancellation);
        if (objection is not null)
        {
            desk.RequireApprovers(request.Asks(), signed, policy, isRelease: false);
        }

        return new RollbackPlan(proposal, policy) { ApprovedByPolicy = objection is null };
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
        ImmutableArray<ChannelEntry> history = await new ReleaseChannels(store).HistoryAsync(plan.Proposal.Model, plan.Proposal.Channel, cancellation);
        if (history.FirstOrDefault(entry => entry.Version == plan.Proposal.ChannelVersion && entry.MovedBy == plan.Proposal.InvocationId) is { } moved)
        {
            return moved;
        }

        if (plan.ApprovedByPolicy)
        {
            await RequirePolicyAsync(plan.Proposal, move.MovedAt, cancellation);
        }
        else
        {
            await OpenRollbacks().ApproveAsync(plan.Proposal, plan.Policy, move.Decisions, cancellation);
        }

        // Counted at the workflow's time, so that a retry asks for the same entry.
        ApprovalTally tally = ApprovalRules.Tally(move.Decisions, plan.Proposal, plan.Policy, move.MovedAt);
        return await client.MoveChannelAsync(plan.Proposal.ToEntry(move.MovedAt, tally.ApprovedBy), cancellation);
    });

    private async Task RequirePolicyAsync(RollbackProposal proposal, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await PolicyObjectionAsync(proposal, now, cancellation) is { } objection)
        {
            throw new RollbackRefusedException(proposal.Model, proposal.Channel, objection);
        }

        await OpenRollbacks().ApproveByPolicyAsync(proposal, Policy(proposal), cancellation);
    }

    // Policy and evidence are read here, from the worker's own definition and by digest: a request cannot approve itself.
    private async Task<string?> PolicyObjectionAsync(RollbackProposal proposal, DateTimeOffset now, CancellationToken cancellation)
    {
        PromotionWatchPolicy policy = Policy(proposal);
        PromotionReport? evidence = policy.Rollback == RollbackReaction.Automatic ? await EvidenceAsync(proposal, cancellation) : null;
        ImmutableArray<ChannelEntry> history = await new ReleaseChannels(store).HistoryAsync(proposal.Model, proposal.Channel, cancellation);
        ChannelEntry from = history.First(entry => entry.Version == proposal.FromVersion);
        return AutomaticRollback.Objection(policy, from, proposal, evidence, now);
    }

    // What is no report is no evidence: people decide.
    private async Task<PromotionReport?> EvidenceAsync(RollbackProposal proposal, CancellationToken cancellation)
    {
        try
        {
            return proposal.Evidence is { } document
                ? await artifacts.ReadRecordAsync<PromotionReport>(document, cancellation)
                : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private PromotionWatchPolicy Policy(RollbackProposal proposal) => Definition(proposal.Model).Watch.AfterPromotion;

    private ModelDefinition Definition(string model) => new ModelCatalog(folders.Models).Read(model).Definition;

    private Rollbacks OpenRollbacks() => new(store, keys.ReadTrustRoot(), time);
}
