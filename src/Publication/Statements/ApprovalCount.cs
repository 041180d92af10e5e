using System.Collections.Immutable;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Publishing.Statements;

/// <summary>
/// Decisions counted at the moment they are acted on: every signature is proven anew, whatever was accepted before.
/// </summary>
/// <param name="Approvals">The Approvals to act on, those that are valid longest first; empty when there is an objection.</param>
/// <param name="Objection">Why they do not suffice; empty when they do.</param>
public sealed record ApprovalCount(ImmutableArray<SignedDecision> Approvals, string Objection)
{
    /// <summary>Counts decisions about a sealed document.</summary>
    /// <param name="decisions">All that were accepted.</param>
    /// <param name="subject">What they are about.</param>
    /// <param name="policy">The policy it was sealed under.</param>
    /// <param name="enrolment">Who may decide now.</param>
    /// <param name="now">The moment.</param>
    /// <param name="alsoRequestedBy">Who asked for it beside the requester that it names, verified: their Approvals do not count.</param>
    public static ApprovalCount Of(
        ImmutableArray<SignedDecision> decisions, DecisionSubject subject, ApprovalPolicy policy, Enrolment enrolment, DateTimeOffset now,
        ImmutableArray<string> alsoRequestedBy = default)
    {
        if (ReleaseManifests.PolicyDigest(policy, enrolment) != subject.PolicyDigest)
        {
            return new([], $"the approval policy or the enrolment changed after {SealedDocuments.FileNameOf(subject)} was sealed");
        }

        ImmutableArray<SignedDecision> proven = [];
        foreach (SignedDecision decision in decisions)
        {
            // What counts is what the engineer signed, not what the record beside the signature says.
            switch (DecisionVerifier.VerifySignature(new DecisionEnvelope(decision.Bundle), enrolment, SealedDocuments.FileNameOf(subject)))
            {
                case DecisionVerdict.Accepted accepted:
                    proven = proven.Add(accepted.Decision);
                    break;
                case DecisionVerdict.Refused refused:
                    return new([], refused.Refusal.Sentence);
            }
        }

        ImmutableArray<SignedDecision> own = [.. proven.Where(decision => decision.Statement.Decision == DecisionKind.Approve
            && !alsoRequestedBy.IsDefault && alsoRequestedBy.Contains(decision.Statement.Engineer))];
        ApprovalTally tally = ApprovalRules.Tally(proven.RemoveRange(own), subject, policy, now);
        return tally.IsApproved
            ? new([.. tally.Counted.OrderByDescending(decision => decision.Statement.ExpiresAt).ThenBy(decision => decision.Statement.Engineer, StringComparer.Ordinal)], "")
            : new([], own.IsEmpty ? tally.Sentence : $"{tally.Sentence}; {string.Join(" and ", own.Select(decision => decision.Statement.Engineer))} asked for it too and may not approve it");
    }
}
