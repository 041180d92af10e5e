using System.Security.Cryptography;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Keys;

namespace Lifecycle.Publishing.Statements;

/// <summary>
/// Makes an engineer's decision and signs it. Runs where the engineer's key is, on the engineer's machine; the worker only
/// ever sees the envelope. Format: docs/formats/approval.md.
/// </summary>
public static class DecisionSigner
{
    /// <summary>Predicate type of a decision, approvals and rejections alike.</summary>
    public const string PredicateType = "https://lifecycle.dev/model-approval/v1";

    private const int NonceBytes = 16;

    /// <summary>Makes the statement of a decision about a release, with a fresh nonce.</summary>
    /// <param name="release">The sealed release.</param>
    /// <param name="decision">Approve or reject.</param>
    /// <param name="engineer">Id of the engineer.</param>
    /// <param name="reason">Why; required for a rejection.</param>
    /// <param name="issuedAt">Now.</param>
    /// <param name="validity">How long it counts; the policy bounds it.</param>
    public static DecisionStatement Make(
        ReleaseManifest release, DecisionKind decision, string engineer, string reason, DateTimeOffset issuedAt, TimeSpan validity) => new()
        {
            Decision = decision,
            Engineer = PlainName.Require(engineer, "engineer"),
            ReleaseDigest = release.Digest,
            Channel = release.Channel,
            ChannelVersion = release.ChannelVersion,
            BlessingDigest = release.BlessingDigest,
            PolicyDigest = release.PolicyDigest,
            InvocationId = release.InvocationId,
            Reason = reason,
            Nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes)),
            IssuedAt = issuedAt,
            ExpiresAt = issuedAt + validity,
        };

    /// <summary>Signs a decision.</summary>
    public static DecisionEnvelope Sign(DecisionStatement statement, SigningKey key)
    {
        InTotoStatement<DecisionStatement> payload = new()
        {
            Subject = [StatementSubject.Of(ReleaseManifests.FileName, statement.ReleaseDigest)],
            PredicateType = PredicateType,
            Predicate = statement,
        };
        return new DecisionEnvelope(SigstoreBundle.Sign(payload.ToBytes(), key).ToJson());
    }
}
