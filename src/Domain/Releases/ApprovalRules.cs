using System.Collections.Immutable;
using Lifecycle.Domain.Names;

namespace Lifecycle.Domain.Releases;

/// <summary>
/// What makes decisions count: different people with different keys, none of them the verified requester, over exactly this release,
/// each nonce once, unexpired at the moment that asks. Pure: signatures were verified before, and time is an argument.
/// </summary>
public static class ApprovalRules
{
    /// <summary>How far an engineer's clock may be ahead of ours.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Fewest and most characters of a nonce.</summary>
    public static readonly (int Minimum, int Maximum) NonceLength = (16, 128);

    /// <summary>Holds one decision, by itself, against what it is about. Null when it counts.</summary>
    public static DecisionRefusal? Check(
        DecisionStatement decision, DecisionSubject subject, ApprovalPolicy policy, DateTimeOffset now) =>
        CheckForm(decision)
        ?? CheckSubject(decision, subject)
        ?? CheckPerson(decision, subject)
        ?? CheckTime(decision, policy, now);

    /// <summary>
    /// Holds a decision against those accepted before. Null when it may join them. An engineer who approved may still
    /// reject, which withdraws the Approval, and may approve again once the earlier Approval expired.
    /// </summary>
    public static DecisionRefusal? Admit(SignedDecision decision, ImmutableArray<SignedDecision> earlier)
    {
        DecisionStatement statement = decision.Statement;
        foreach (SignedDecision other in earlier)
        {
            bool samePerson = other.Statement.Engineer == statement.Engineer;
            if (other.Statement.Nonce == statement.Nonce)
            {
                return new(DecisionRefusalReason.NonceAlreadyUsed, $"{statement.Engineer}'s nonce was used already by {other.Statement.Engineer}: sign a new decision");
            }

            if (samePerson && !Supersedes(statement, other.Statement))
            {
                return new(DecisionRefusalReason.AlreadyDecided, $"{statement.Engineer} has decided already ({other.Statement.Decision}): another engineer has to decide");
            }

            if (!samePerson && other.KeyFingerprint == decision.KeyFingerprint)
            {
                return new(DecisionRefusalReason.KeyAlreadyUsed, $"{statement.Engineer} signed with the key that {other.Statement.Engineer} used: every engineer needs a key of their own");
            }
        }

        return null;
    }

    /// <summary>
    /// Counts the decisions afresh, as it is done when they arrive and again at the moment of publication: expired Approvals
    /// and second ones of a person or key do not count, whatever was accepted before.
    /// </summary>
    public static ApprovalTally Tally(
        ImmutableArray<SignedDecision> decisions, DecisionSubject subject, ApprovalPolicy policy, DateTimeOffset now)
    {
        ImmutableArray<SignedDecision> counted = [];
        ImmutableArray<DecisionRefusal> uncounted = [];
        foreach (SignedDecision decision in decisions.Where(decision => decision.Statement.Decision == DecisionKind.Approve))
        {
            DecisionRefusal? refusal = Check(decision.Statement, subject, policy, now) ?? Admit(decision, counted);
            counted = refusal is null ? counted.Add(decision) : counted;
            uncounted = refusal is null ? uncounted : uncounted.Add(refusal);
        }

        return new ApprovalTally(
            counted,
            policy.RequiredFor(subject),
            decisions.FirstOrDefault(decision => decision.Statement.Decision == DecisionKind.Reject),
            uncounted);
    }

    private static bool Supersedes(DecisionStatement later, DecisionStatement earlier) =>
        earlier.Decision == DecisionKind.Approve
        && (later.Decision == DecisionKind.Reject || earlier.ExpiresAt <= later.IssuedAt);

    private static DecisionRefusal? CheckForm(DecisionStatement decision)
    {
        if (!PlainName.IsValid(decision.Engineer))
        {
            return new(DecisionRefusalReason.UnknownEngineer, $"the engineer id {PlainName.Describe(decision.Engineer)} is not plain lower-case ASCII");
        }

        if (decision.Nonce.Length < NonceLength.Minimum || decision.Nonce.Length > NonceLength.Maximum)
        {
            return new(DecisionRefusalReason.Malformed, $"{decision.Engineer}'s nonce has {decision.Nonce.Length} characters, expected {NonceLength.Minimum} to {NonceLength.Maximum}");
        }

        return decision.Decision == DecisionKind.Reject && string.IsNullOrWhiteSpace(decision.Reason)
            ? new(DecisionRefusalReason.ReasonMissing, $"{decision.Engineer}'s rejection has no reason: say why")
            : null;
    }

    private static DecisionRefusal? CheckSubject(DecisionStatement decision, DecisionSubject subject)
    {
        (string Field, object Found, object Expected)[] fields =
        [
            ("releaseDigest", decision.ReleaseDigest, subject.Digest),
            ("channel", decision.Channel, subject.Channel),
            ("channelVersion", decision.ChannelVersion, subject.ChannelVersion),
            ("blessingDigest", decision.BlessingDigest, subject.GroundsDigest),
            ("invocationId", decision.InvocationId, subject.InvocationId),
            ("policyDigest", decision.PolicyDigest, subject.PolicyDigest),
        ];
        foreach ((string field, object found, object expected) in fields)
        {
            if (!found.Equals(expected))
            {
                return new(
                    field == "policyDigest" ? DecisionRefusalReason.OtherPolicy : DecisionRefusalReason.OtherRelease,
                    $"{decision.Engineer} decided about another release: {field} is {found}, expected {expected}; look at the release as it is now and decide again");
            }
        }

        return null;
    }

    private static DecisionRefusal? CheckPerson(DecisionStatement decision, DecisionSubject subject) =>
        subject.RequestDigest is not ""
        && string.Equals(decision.Engineer, subject.RequestedBy.Trim(), StringComparison.OrdinalIgnoreCase)
        && decision.Decision == DecisionKind.Approve
            ? new(DecisionRefusalReason.Requester, $"{decision.Engineer} asked for this run and may not approve it: another engineer has to")
            : null;

    private static DecisionRefusal? CheckTime(DecisionStatement decision, ApprovalPolicy policy, DateTimeOffset now)
    {
        if (decision.IssuedAt > now + ClockTolerance)
        {
            return new(DecisionRefusalReason.BadValidity, $"{decision.Engineer}'s decision was signed at {decision.IssuedAt:u}, after now, {now:u}: check the clock of the signing machine");
        }

        if (decision.ExpiresAt <= decision.IssuedAt || decision.ExpiresAt - decision.IssuedAt > policy.MaximumDecisionAge)
        {
            return new(DecisionRefusalReason.BadValidity, $"{decision.Engineer}'s decision is valid from {decision.IssuedAt:u} to {decision.ExpiresAt:u}, expected at most {policy.MaximumDecisionAge.TotalHours:0.#} hours");
        }

        return decision.ExpiresAt <= now
            ? new(DecisionRefusalReason.Expired, $"{decision.Engineer}'s decision expired at {decision.ExpiresAt:u}, now it is {now:u}: sign a new one")
            : null;
    }
}
