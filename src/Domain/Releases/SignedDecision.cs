namespace Lifecycle.Domain.Releases;

/// <summary>What a release engineer decided.</summary>
public enum DecisionKind
{
    /// <summary>An Approval.</summary>
    Approve,

    /// <summary>A Rejection.</summary>
    Reject,
}

/// <summary>
/// What a release engineer signs: the predicate of an in-toto statement whose subject is a release manifest or the proposal of a rollback.
/// It proves itself; who delivered it does not matter.
/// </summary>
public sealed record DecisionStatement
{
    /// <summary>Approve or reject.</summary>
    public required DecisionKind Decision { get; init; }

    /// <summary>Id of the engineer.</summary>
    public required string Engineer { get; init; }

    /// <summary>Digest of the <see cref="DecisionSubject"/>: a release, or the proposal of a rollback.</summary>
    public required string ReleaseDigest { get; init; }

    /// <summary>The ReleaseChannel.</summary>
    public required string Channel { get; init; }

    /// <summary>The version the ReleaseChannel would have.</summary>
    public required long ChannelVersion { get; init; }

    /// <summary>Digest of what speaks for it: the Blessing of a release, the evidence of a rollback; empty where there is none.</summary>
    public required string BlessingDigest { get; init; }

    /// <summary>Digest of the ApprovalPolicy and Enrolment.</summary>
    public required string PolicyDigest { get; init; }

    /// <summary>The run.</summary>
    public required string InvocationId { get; init; }

    /// <summary>The engineer's reason; required for a rejection.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Random, used once.</summary>
    public required string Nonce { get; init; }

    /// <summary>When it was signed.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>From when on it no longer counts.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A decision with its signature, as it is delivered: input of the updates <c>approve</c> and <c>reject</c>.</summary>
/// <param name="Bundle">The Sigstore bundle (DSSE envelope) as JSON text.</param>
public sealed record DecisionEnvelope(string Bundle);

/// <summary>A decision that was verified: who, what, until when, and the bundle that proves it.</summary>
public sealed record SignedDecision(DecisionStatement Statement, string KeyFingerprint, string Bundle);
