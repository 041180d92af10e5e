using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Artifacts;

namespace Lifecycle.Domain.Releases;

/// <summary>
/// What release engineers decide about when a ReleaseChannel is to go back: from which version, to which Publication, and why.
/// Sealed as a release is. It ships no new bytes: the Publication was signed and approved when it was promoted, and was
/// verified afresh before it was proposed. Format: docs/formats/rollback.md.
/// </summary>
public sealed record RollbackProposal : DecisionSubject
{
    /// <summary>The version that is live; the channel moves only while it still is.</summary>
    public required long FromVersion { get; init; }

    /// <summary>Release digest of the Publication that is live.</summary>
    public required string FromReleaseDigest { get; init; }

    /// <summary>The earlier version whose Publication would be live again.</summary>
    public required long ToVersion { get; init; }

    /// <summary>That Publication.</summary>
    public required Publication To { get; init; }

    /// <summary>Identifier of the DataSnapshot that its model was trained on; that of a cold start for a ReferenceModel.</summary>
    public required string Snapshot { get; init; }

    /// <summary>What its release says where it was not measured against labels; null where it was.</summary>
    public string? Unmeasured { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>What was measured, when a watch asks; null when a person does.</summary>
    public ArtifactRef? Evidence { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string GroundsDigest => Evidence?.Sha256 ?? "";

    /// <summary>The version of the ReleaseChannel that this would make.</summary>
    /// <param name="movedAt">When.</param>
    /// <param name="approvedBy">Whose Approvals of it counted; nobody's when policy approved it beforehand.</param>
    public ChannelEntry ToEntry(DateTimeOffset movedAt, ImmutableArray<string> approvedBy) =>
        new(Model, Channel, ChannelVersion, ChannelMove.Rollback, To, Snapshot, movedAt, InvocationId)
        {
            Grounds = new(RequestedBy, IsRequesterVerified, approvedBy, Reason),
        };
}
