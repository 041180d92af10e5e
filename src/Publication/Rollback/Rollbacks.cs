using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Trust;
using Lifecycle.Storage;

namespace Lifecycle.Publishing.Rollback;

/// <summary>
/// Proposals of rollbacks and the decisions on them, kept as immutable records under <c>rollbacks/&lt;model&gt;/&lt;digest&gt;/</c>.
/// Nothing here moves a ReleaseChannel. Format: docs/formats/rollback.md.
/// </summary>
/// <param name="store">Where publications, channels and the records lie.</param>
/// <param name="root">What clients believe: a Publication that they would refuse is never gone back to.</param>
/// <param name="clock">Gives the moment at which decisions are counted.</param>
public sealed class Rollbacks(IBlobStore store, TrustRoot root, TimeProvider clock)
{
    /// <summary>Chooses where to go back to.</summary>
    /// <exception cref="RollbackRefusedException">There is nowhere.</exception>
    public async Task<(ChannelEntry From, ChannelEntry To)> ChooseAsync(RollbackRequest request, CancellationToken cancellationToken = default)
    {
        ImmutableArray<ChannelEntry> history = await new ReleaseChannels(store).HistoryAsync(request.Model, request.Channel, cancellationToken);
        if (history.IsEmpty)
        {
            throw new RollbackRefusedException(request.Model, request.Channel, "nothing was ever promoted on it");
        }

        RollbackTarget target = RollbackTarget.Choose(history, request);
        return (target.From, target.To ?? throw new RollbackRefusedException(request.Model, request.Channel, target.Objection));
    }

    /// <summary>Verifies the Publication to go back to afresh, and seals the proposal, under the signed request where that was verified.</summary>
    /// <exception cref="RollbackRefusedException">What is there does not verify.</exception>
    public async Task<RollbackProposal> ProposeAsync(
        RollbackRequest request, (ChannelEntry From, ChannelEntry To) target, ApprovalPolicy policy, string invocationId, SignedRequest? signed, CancellationToken cancellationToken = default)
    {
        VerifiedVersion to = await VerifiedAsync(request.Model, request.Channel, target.To.Version, target.To, cancellationToken);
        RollbackProposal proposal = RollbackProposals.Seal(new()
        {
            Model = request.Model,
            Channel = request.Channel,
            ChannelVersion = target.From.Version + 1,
            FromVersion = target.From.Version,
            FromReleaseDigest = target.From.Publication.ReleaseDigest,
            ToVersion = target.To.Version,
            To = to.Entry.Publication,
            Snapshot = to.Release.Snapshot,
            Unmeasured = to.Release.Unmeasured,
            Reason = request.Reason,
            Evidence = request.Evidence,
            RequestedBy = request.RequestedBy,
            RequestDigest = RequestFile.DigestOf(signed),
            PolicyDigest = ReleaseManifests.PolicyDigest(policy, root.Enrolment),
            InvocationId = invocationId,
        });
        await WriteAsync(proposal, RollbackProposals.FileName, RollbackProposals.ToBytes(proposal), MediaTypes.Json, cancellationToken);
        if (signed is not null)
        {
            await WriteAsync(proposal, ReleaseFileNames.Request, Encoding.UTF8.GetBytes(signed.Bundle), SigstoreBundle.MediaType, cancellationToken);
        }

        return proposal;
    }

    /// <summary>Counts the Approvals afresh and keeps them beside the proposal, so that the channel may move.</summary>
    /// <exception cref="RollbackRefusedException">They do not suffice, or the Publication no longer verifies.</exception>
    public async Task ApproveAsync(
        RollbackProposal proposal, ApprovalPolicy policy, ImmutableArray<SignedDecision> decisions, CancellationToken cancellationToken = default)
    {
        ApprovalCount count = ApprovalCount.Of(decisions, proposal, policy, root.Enrolment, clock.GetUtcNow());
        if (count.Objection.Length > 0)
        {
            throw new RollbackRefusedException(proposal.Model, proposal.Channel, count.Objection);
        }

        await RequireVerifiedAsync(proposal, cancellationToken);
        foreach (SignedDecision approval in count.Approvals)
        {
            string name = ReleaseFileNames.Approval(approval.Statement.Engineer);
            await WriteAsync(proposal, name, Encoding.UTF8.GetBytes(approval.Bundle), SigstoreBundle.MediaType, cancellationToken);
        }
    }

    /// <summary>Keeps the policy that approved beforehand beside the proposal, so that the channel may move without people.</summary>
    /// <exception cref="RollbackRefusedException">The Publication no longer verifies.</exception>
    public async Task ApproveByPolicyAsync(RollbackProposal proposal, PromotionWatchPolicy policy, CancellationToken cancellationToken = default)
    {
        await RequireVerifiedAsync(proposal, cancellationToken);
        await WriteAsync(proposal, "policy.json", JsonSerializer.SerializeToUtf8Bytes(policy, DomainJson.Compact), MediaTypes.Json, cancellationToken);
    }

    private async Task RequireVerifiedAsync(RollbackProposal proposal, CancellationToken cancellationToken)
    {
        _ = await VerifiedAsync(
            proposal.Model, proposal.Channel, proposal.ToVersion, proposal.ToEntry(clock.GetUtcNow(), []), cancellationToken);
    }

    private async Task<VerifiedVersion> VerifiedAsync(
        string model, string channel, long version, ChannelEntry to, CancellationToken cancellationToken)
    {
        try
        {
            return await new ChannelTrust(store, root, clock).ServableAsync(to, cancellationToken);
        }
        catch (UntrustedVersionException refused)
        {
            throw new RollbackRefusedException(model, channel, $"the publication of version {version} does not verify: {refused.Reason}");
        }
    }

    private async Task WriteAsync(
        RollbackProposal proposal, string name, byte[] bytes, string mediaType, CancellationToken cancellationToken)
    {
        using MemoryStream content = new(bytes, writable: false);
        await store.PutIfAbsentAsync($"rollbacks/{PlainName.Require(proposal.Model, "model")}/{proposal.Digest}/{name}", content, mediaType, cancellationToken);
    }
}
