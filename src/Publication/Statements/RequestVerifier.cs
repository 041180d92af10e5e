using System.Diagnostics.CodeAnalysis;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;

namespace Lifecycle.Publishing.Statements;

/// <summary>
/// Holds a signed request against the Enrolment and what is really asked for. Pure: whether its nonce was used before is asked of
/// <see cref="RequestClaims"/>.
/// </summary>
public static class RequestVerifier
{
    /// <summary>Verifies a request on its arrival.</summary>
    /// <exception cref="RequestRefusedException">It does not count; the message says why.</exception>
    public static SignedRequest Verify(RequestEnvelope envelope, AskedFor asked, ApprovalPolicy policy, Enrolment enrolment, DateTimeOffset now)
    {
        if (!TryProve(envelope, enrolment, out SignedRequest? request, out DecisionRefusal? refusal))
        {
            throw new RequestRefusedException(asked, refusal);
        }

        return RequestRules.Check(request.Statement, asked, policy, now) is { } objection
            ? throw new RequestRefusedException(asked, objection)
            : request;
    }

    /// <summary>Reads a request and proves that the engineer it names signed it, whatever it asks for and whenever that was.</summary>
    public static bool TryProve(
        RequestEnvelope envelope, Enrolment enrolment,
        [NotNullWhen(true)] out SignedRequest? request, [NotNullWhen(false)] out DecisionRefusal? refusal)
    {
        request = null;
        try
        {
            SigstoreBundle bundle = SigstoreBundle.Parse(envelope.Bundle ?? "");
            InTotoStatement<RequestStatement> statement = InTotoStatement.Parse<RequestStatement>(bundle.Payload.Span, RequestSigner.PredicateType);
            RequestStatement predicate = statement.Predicate;
            if (predicate.Asked is null || predicate.Nonce is null || statement.Subject is not [var subject] || subject != RequestSigner.SubjectOf(predicate.Asked))
            {
                refusal = new(DecisionRefusalReason.Malformed, "the signed request says nothing, or its subject is not the digest of what is asked for");
                return false;
            }

            refusal = EnrolledSignature.Refuse(bundle, predicate.Asked.RequestedBy, enrolment, out string fingerprint);
            request = refusal is null ? new SignedRequest(predicate, fingerprint, envelope.Bundle!) : null;
            return refusal is null && request is not null;
        }
        catch (MalformedEnvelopeException defect)
        {
            refusal = new(DecisionRefusalReason.Malformed, defect.Message);
            return false;
        }
    }
}
