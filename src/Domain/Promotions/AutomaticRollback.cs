using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Promotions;

/// <summary>
/// When a policy has approved a rollback beforehand: by a watch's own measurement, to the version just before, while the watch
/// after its promotion lasts, and for harm: predictions that shifted are people's to judge, since a better Champion shifts them
/// too. Pure.
/// </summary>
public static class AutomaticRollback
{
    /// <summary>Why engineers have to approve it after all; null when policy has.</summary>
    /// <param name="policy">The model's policy, as the worker knows it.</param>
    /// <param name="from">The live version.</param>
    /// <param name="proposal">What is proposed.</param>
    /// <param name="evidence">What was measured; null when a person asks.</param>
    /// <param name="now">The time.</param>
    public static string? Objection(
        PromotionWatchPolicy policy, ChannelEntry from, RollbackProposal proposal, PromotionReport? evidence, DateTimeOffset now)
    {
        if (policy.Rollback != RollbackReaction.Automatic || evidence is null)
        {
            return "the policy leaves it to release engineers";
        }

        if (proposal.Unmeasured is not null)
        {
            return $"the publication of version {proposal.ToVersion} was not measured against labels";
        }

        if (evidence.Model != proposal.Model || evidence.Channel != proposal.Channel
            || evidence.Version != proposal.FromVersion || evidence.ReleaseDigest != proposal.FromReleaseDigest)
        {
            return $"the evidence is about version {evidence.Version} of {evidence.Channel} of {evidence.Model}, the proposal about version {proposal.FromVersion}";
        }

        if (evidence.Verdict != PromotionVerdict.Breached || evidence.PreviousVersion != proposal.ToVersion)
        {
            return $"the evidence says {evidence.Verdict} against version {evidence.PreviousVersion}, the proposal goes to version {proposal.ToVersion}";
        }

        if (!PromotionRules.ShowsHarm(evidence, policy))
        {
            return "the predictions shifted, and neither loss, refusals nor latency are known to be worse";
        }

        // The last look is at the end itself, and the rollback comes after it.
        DateTimeOffset end = from.MovedAt + policy.Duration + policy.Interval;
        return from.Move == ChannelMove.Promotion && now <= end
            ? null
            : $"the watch after the promotion of version {from.Version} ended at {end:u}";
    }
}
