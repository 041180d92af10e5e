using System.Collections.Immutable;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Publishing.Releases;

/// <summary>A release and the decisions that let it out. The same request always gives the same Publication.</summary>
/// <param name="Release">The sealed release.</param>
/// <param name="Policy">The ApprovalPolicy it was sealed under.</param>
/// <param name="Decisions">The accepted decisions.</param>
public sealed record PublicationRequest(ReleaseManifest Release, ApprovalPolicy Policy, ImmutableArray<SignedDecision> Decisions)
{
    /// <summary>Everyone else whose signed request for it was verified; their Approvals do not count.</summary>
    public ImmutableArray<string> AlsoRequestedBy { get; init; } = [];
}
