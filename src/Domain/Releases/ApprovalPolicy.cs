using System.Collections.Immutable;

namespace Lifecycle.Domain.Releases;

/// <summary>
/// Who must approve a promotion, and how long the run waits. The engineers and their public keys are enrolled with the
/// worker, not in the model definition: a team cannot appoint its own approvers.
/// </summary>
public sealed record ApprovalPolicy
{
    /// <summary>Number of different release engineers that must approve.</summary>
    public int Threshold { get; init; } = 2;

    /// <summary>How long the run waits for them.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often the run reminds while it waits.</summary>
    public TimeSpan ReminderInterval { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Longest validity of a signed decision.</summary>
    public TimeSpan MaximumDecisionAge { get; init; } = TimeSpan.FromHours(72);

    /// <summary>
    /// Number of different release engineers that must approve a rollback; null is 1. Fewer than for a promotion, because it
    /// ships no new bytes: it brings back what the full number approved. Null where nothing is said, so that the digest of the
    /// policies of runs in flight stays what it was.
    /// </summary>
    public int? RollbackThreshold { get; init; }

    /// <summary>
    /// Number of different release engineers that must approve what nobody signed a request for, whatever the threshold; null is
    /// <see cref="FewestApprovers"/>, and fewer is refused: one of two people would be a name that anybody can type. Null where
    /// nothing is said, as above.
    /// </summary>
    public int? MinimumApprovers { get; init; }

    /// <summary>What <see cref="MinimumApprovers"/> is at least.</summary>
    public const int FewestApprovers = 2;

    /// <summary>How many different release engineers must approve, by whether the requester is known.</summary>
    /// <param name="isUnverified">Whether nobody signed the request.</param>
    public int Required(bool isUnverified) =>
        isUnverified ? Math.Max(Threshold, Math.Max(MinimumApprovers ?? FewestApprovers, FewestApprovers)) : Threshold;

    /// <summary>How many different release engineers must approve a document.</summary>
    public int RequiredFor(DecisionSubject subject) => Required(subject.RequestDigest is "");

    /// <summary>The policy that holds for a rollback to a version: to what was never measured the full number.</summary>
    public ApprovalPolicy ForRollbackTo(ChannelEntry version) =>
        version.Origin is ReferenceOrigin ? this with { RollbackThreshold = null } : ForRollbacks();

    /// <summary>The policy that holds for rollbacks.</summary>
    public ApprovalPolicy ForRollbacks() => this with { Threshold = RollbackThreshold ?? 1, RollbackThreshold = null };
}

/// <summary>A release engineer who may decide, with the public key the decisions verify with.</summary>
/// <param name="Id">Stable id, such as <c>alice</c>: lower-case ASCII letters, digits and hyphens.</param>
/// <param name="PublicKeyPem">P-256 SubjectPublicKeyInfo as PEM with a trailing line feed.</param>
/// <param name="IsDemo">Whether this is a demo key, which every page and summary must say.</param>
public sealed record ReleaseEngineer(string Id, string PublicKeyPem, bool IsDemo);

/// <summary>The enrolled release engineers: the trust root of approvals.</summary>
public sealed record Enrolment
{
    /// <summary>Everyone enrolled, sorted by id.</summary>
    public ImmutableArray<ReleaseEngineer> Engineers { get; init; } = [];
}
