using Lifecycle.Domain.Drift;
using Lifecycle.Publishing.Envelopes;

namespace Lifecycle.Publishing.Watching;

/// <summary>A decision as it lies in the store.</summary>
/// <param name="Decision">What its record says.</param>
/// <param name="Digest">SHA-256 of the record.</param>
/// <param name="PolicyDigest">SHA-256 of the policy in it.</param>
internal sealed record StoredDecision(DriftDecision Decision, string Digest, string PolicyDigest);

/// <summary>Gaps, alterations and breaks in the chain of decisions.</summary>
internal static class ChainDefects
{
    /// <summary>What is wrong with a decision, given the one before it.</summary>
    public static IEnumerable<string> Of(string name, string model, long sequence, StoredDecision? previous, StoredDecision stored)
    {
        DriftDecision decision = stored.Decision;
        if (decision.Model != model || decision.Sequence != sequence || decision.Id != DriftDecision.IdOf(model, sequence))
        {
            yield return $"{name} holds {decision.Id}, decision {decision.Sequence} of {decision.Model}";
        }

        if (decision.PreviousDigest != previous?.Digest)
        {
            yield return $"{name} names {decision.PreviousDigest ?? "nothing"} as the digest of the record before it, found {previous?.Digest ?? "nothing"}";
        }

        if (!CanonicalJson.Of(decision.Before).AsSpan().SequenceEqual(CanonicalJson.Of(previous?.Decision.After ?? DriftState.Initial)))
        {
            yield return $"{name} goes on from another state than the record before it left";
        }

        if (decision.PolicyDigest != stored.PolicyDigest)
        {
            yield return $"{name} names {decision.PolicyDigest} as the digest of its policy, found {stored.PolicyDigest}";
        }
    }
}
