using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Releases;

/// <summary>Why a decision does not count.</summary>
public enum DecisionRefusalReason
{
    /// <summary>The envelope or the statement in it cannot be read.</summary>
    Malformed,

    /// <summary>The engineer is not enrolled, or the id only looks like one that is.</summary>
    UnknownEngineer,

    /// <summary>Another key than the engineer's enrolled one signed, or the bytes were changed.</summary>
    BadSignature,

    /// <summary>It decides about another release: an older Challenger, another channel or another run.</summary>
    OtherRelease,

    /// <summary>The policy or the Enrolment is not the one that the release was sealed under.</summary>
    OtherPolicy,

    /// <summary>The engineer asked for the run.</summary>
    Requester,

    /// <summary>It is too old.</summary>
    Expired,

    /// <summary>It was signed in the future, or for longer than the policy allows.</summary>
    BadValidity,

    /// <summary>It is a Rejection without a reason.</summary>
    ReasonMissing,

    /// <summary>The engineer has decided already.</summary>
    AlreadyDecided,

    /// <summary>The key has decided already, under another id.</summary>
    KeyAlreadyUsed,

    /// <summary>The nonce was used already.</summary>
    NonceAlreadyUsed,

    /// <summary>A request's signature is over another request than the one that is made.</summary>
    OtherRequest,
}

/// <summary>A refused decision: the reason, and a sentence that names what was found and what was expected.</summary>
public sealed record DecisionRefusal(DecisionRefusalReason Reason, string Sentence);

/// <summary>Outcome of verifying a delivered decision.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "verdict")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Refused), "refused")]
public abstract record DecisionVerdict
{
    private DecisionVerdict()
    {
    }

    /// <summary>It counts.</summary>
    public sealed record Accepted(SignedDecision Decision) : DecisionVerdict;

    /// <summary>It does not count.</summary>
    public sealed record Refused(DecisionRefusal Refusal) : DecisionVerdict;
}
