using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Statements;
using Temporalio.Exceptions;

namespace Lifecycle.Activities.Stages;

/// <summary>Holds a delivered decision against what it should be about.</summary>
internal static class DecisionDelivery
{
    /// <summary>The verified decision; a refusal is a failure of type <see cref="FailureTypes.DecisionRefused"/>.</summary>
    /// <param name="envelope">What was delivered.</param>
    /// <param name="expected">By which update.</param>
    /// <param name="enrolment">Who may decide.</param>
    /// <param name="subject">What is decided about.</param>
    /// <param name="policy">The policy it was sealed under.</param>
    /// <param name="now">The time to judge validity by.</param>
    public static SignedDecision Verify(
        DecisionEnvelope envelope, DecisionKind expected, Enrolment enrolment, DecisionSubject subject, ApprovalPolicy policy, DateTimeOffset now) =>
        DecisionVerifier.Verify(envelope, enrolment, subject, policy, now) switch
        {
            DecisionVerdict.Accepted { Decision: var decision } when decision.Statement.Decision == expected => decision,
            DecisionVerdict.Accepted { Decision: var decision } => throw Refusal(
                $"{decision.Statement.Engineer} signed '{decision.Statement.Decision}', delivered as '{expected}'; deliver it by the update of its own name"),
            DecisionVerdict.Refused { Refusal: var refusal } => throw Refusal(refusal.Sentence),
            _ => throw new InvalidOperationException("a decision verdict has two outcomes"),
        };

    private static ApplicationFailureException Refusal(string reason) =>
        new(reason, errorType: FailureTypes.DecisionRefused, nonRetryable: true);
}
