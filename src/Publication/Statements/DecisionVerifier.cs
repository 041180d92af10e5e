using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Envelopes;

namespace Lifecycle.Publishing.Statements;

/// <summary>
/// Holds a delivered decision against the Enrolment and the release or rollback it should be about. Pure: who delivered it, and when,
/// does not matter. Whether it may join the decisions before it is asked of <see cref="ApprovalRules.Admit"/>.
/// </summary>
public static class DecisionVerifier
{
    /// <summary>
    /// Verifies a decision for the worker: for an Approval the Enrolment and policy must be those it was sealed under. A Rejection is
    /// always possible, also of what can no longer be approved.
    /// </summary>
    public static DecisionVerdict Verify(
        DecisionEnvelope envelope, Enrolment enrolment, DecisionSubject subject, ApprovalPolicy policy, DateTimeOffset now)
    {
        DecisionVerdict signed = VerifySignature(envelope, enrolment, SealedDocuments.FileNameOf(subject));
        if (signed is not DecisionVerdict.Accepted accepted)
        {
            return signed;
        }

        DecisionStatement statement = accepted.Decision.Statement;
        string inForce = ReleaseManifests.PolicyDigest(policy, enrolment);
        if (statement.Decision == DecisionKind.Approve && inForce != subject.PolicyDigest)
        {
            return Refuse(DecisionRefusalReason.OtherPolicy, $"the approval policy or the enrolment changed after this was sealed (digest {inForce}, expected {subject.PolicyDigest}): reject it, and start anew");
        }

        return ApprovalRules.Check(statement, subject, policy, now) is { } refusal ? new DecisionVerdict.Refused(refusal) : accepted;
    }

    /// <summary>Reads a decision and proves that the engineer it names signed it, whichever document it is about.</summary>
    /// <param name="envelope">The decision as delivered.</param>
    /// <param name="enrolment">Who may sign.</param>
    /// <param name="fileName">Name of the document it has to be about: no decision about one kind counts for another.</param>
    public static DecisionVerdict VerifySignature(
        DecisionEnvelope envelope, Enrolment enrolment, string fileName = ReleaseManifests.FileName)
    {
        try
        {
            SigstoreBundle bundle = SigstoreBundle.Parse(envelope.Bundle);
            InTotoStatement<DecisionStatement> statement =
                InTotoStatement.Parse<DecisionStatement>(bundle.Payload.Span, DecisionSigner.PredicateType);
            return RefuseSubject(statement, fileName) ?? VerifyEngineer(envelope, bundle, statement.Predicate, enrolment);
        }
        catch (MalformedEnvelopeException defect)
        {
            return Refuse(DecisionRefusalReason.Malformed, defect.Message);
        }
    }

    private static DecisionVerdict.Refused? RefuseSubject(InTotoStatement<DecisionStatement> statement, string fileName)
    {
        StatementSubject expected = StatementSubject.Of(fileName, statement.Predicate.ReleaseDigest);
        return statement.Subject is [var found] && found == expected
            ? null
            : Refuse(DecisionRefusalReason.Malformed, $"the statement's subject is {statement.Subject[0]}, expected only {expected}");
    }

    private static DecisionVerdict VerifyEngineer(
        DecisionEnvelope envelope, SigstoreBundle bundle, DecisionStatement statement, Enrolment enrolment)
    {
        DecisionRefusal? refusal = EnrolledSignature.Refuse(bundle, statement.Engineer, enrolment, out string fingerprint);
        return refusal is null
            ? new DecisionVerdict.Accepted(new SignedDecision(statement, fingerprint, envelope.Bundle))
            : new DecisionVerdict.Refused(refusal);
    }

    private static DecisionVerdict.Refused Refuse(DecisionRefusalReason reason, string sentence) =>
        new(new DecisionRefusal(reason, sentence));
}
