using System.Security.Cryptography;
using Lifecycle.Domain.Names;
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

    /// <summary>Makes the statement of a decision, with a fresh nonce.</summary>
    /// <param name="subject">The sealed release, or the sealed proposal of a rollback.</param>
    /// <param name="decision">Approve or reject.</param>
    /// <param name="engineer">Id of the engineer.</param>
    /// <param name="reason">Why; required for a rejection.</param>
    /// <param name="issuedAt">Now.</param>
    /// <param name="validity">How long it counts; the policy bounds it.</param>
    public static DecisionStatement Make(
        DecisionSubject subject, DecisionKind decision, string engineer, string reason, DateTimeOffset issuedAt, TimeSpan validity) => new()
        {
            Decision = decision,
            Engineer = PlainName.Require(engineer, "engineer"),
            ReleaseDigest = subject.Digest,
            Channel = subject.Channel,
            ChannelVersion = subject.ChannelVersion,
            BlessingDigest = subject.GroundsDigest,
            PolicyDigest = subject.PolicyDigest,
            InvocationId = subject.InvocationId,
            Reason = reason,
            Nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes)),
            IssuedAt = issuedAt,
            ExpiresAt = issuedAt + validity,
        };

    /// <summary>Signs a decision about a release.</summary>
    public static DecisionEnvelope Sign(DecisionStatement statement, SigningKey key) => Sign(statement, ReleaseManifests.FileName, key);

    /// <summary>Signs a decision about a document of the name <paramref name="fileName"/>.</summary>
    public static DecisionEnvelope Sign(DecisionStatement statement, string fileName, SigningKey key)
    {
        InTotoStatement<DecisionStatement> payload = new()
        {
            Subject = [StatementSubject.Of(fileName, statement.ReleaseDigest)],
            PredicateType = PredicateType,
            Predicate = statement,
        };
        return new DecisionEnvelope(SigstoreBundle.Sign(payload.ToBytes(), key).ToJson());
    }
}
