using System.Security.Cryptography;
using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Publishing.Keys;

namespace Lifecycle.Publishing.Statements;

/// <summary>
/// Signs what an engineer asks for. Runs where the engineer's key is; the worker only ever sees the envelope. Format:
/// docs/formats/request.md.
/// </summary>
public static class RequestSigner
{
    /// <summary>Predicate type of a signed request.</summary>
    public const string PredicateType = "https://lifecycle.dev/move-request/v1";

    /// <summary>Name of the statement's subject, whose digest is that of the canonical JSON of what is asked for.</summary>
    public const string SubjectName = "request";

    private const int NonceBytes = 16;

    /// <summary>Makes the statement, with a fresh nonce.</summary>
    /// <param name="asked">What is asked for.</param>
    /// <param name="issuedAt">Now.</param>
    /// <param name="validity">How long something can be started by it; the policy bounds it.</param>
    public static RequestStatement Make(AskedFor asked, DateTimeOffset issuedAt, TimeSpan validity) => new()
    {
        Asked = asked,
        Nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes)),
        IssuedAt = issuedAt,
        ExpiresAt = issuedAt + validity,
    };

    /// <summary>Signs a statement.</summary>
    public static RequestEnvelope Sign(RequestStatement statement, SigningKey key)
    {
        InTotoStatement<RequestStatement> payload = new()
        {
            Subject = [SubjectOf(statement.Asked)],
            PredicateType = PredicateType,
            Predicate = statement,
        };
        return new RequestEnvelope(SigstoreBundle.Sign(payload.ToBytes(), key).ToJson());
    }

    /// <summary>What a statement about <paramref name="asked"/> has as its subject.</summary>
    internal static StatementSubject SubjectOf(AskedFor asked) => StatementSubject.Of(SubjectName, Sha256Digest.Of(CanonicalJson.Of(asked)));
}
