using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Stage 9, Publication.</summary>
public interface IPublicationActivity
{
    /// <summary>
    /// Checks the Approvals once more, signs, and uploads. Idempotent by the release digest: whatever was interrupted, exactly
    /// one Publication exists afterwards. Fails with <see cref="FailureTypes.DecisionRefused"/> or
    /// <see cref="FailureTypes.PublicationConflict"/>.
    /// </summary>
    [Activity]
    Task<Publication> PublishReleaseAsync(PublicationInput input);
}

/// <summary>Input of stage Publication.</summary>
public sealed record PublicationInput(ReleaseManifest Release, ApprovalPolicy Policy)
{
    /// <summary>Every verified decision; which of them count is decided afresh.</summary>
    public ImmutableArray<SignedDecision> Decisions { get; init; } = [];

    /// <summary>Everyone else whose signed request was verified, such as who joined later; their Approvals do not count.</summary>
    public ImmutableArray<string> AlsoRequestedBy { get; init; } = [];
}
