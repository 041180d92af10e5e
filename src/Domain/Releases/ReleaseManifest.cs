using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Artifacts;

namespace Lifecycle.Domain.Releases;

/// <summary>A file of a release, by its flat ASCII name.</summary>
public sealed record ReleaseFile(string Name, ArtifactRef Content);

/// <summary>
/// What release engineers decide about: the exact bytes that would ship and where. Its <see cref="DecisionSubject.Digest"/> is SHA-256 over
/// the canonical JSON of all other members, and every decision is signed over it.
/// </summary>
public sealed record ReleaseManifest : DecisionSubject
{
    /// <summary>Identifier of the DataSnapshot, or what stands for a reference model: ask <see cref="Origin"/>.</summary>
    public required string Snapshot { get; init; }

    /// <summary>Where the release's answers come from.</summary>
    [JsonIgnore]
    public Origin Origin => Origin.Named(Snapshot);

    /// <summary>Digest of the DataSnapshot.</summary>
    public required string SnapshotDigest { get; init; }

    /// <summary>Everything that ships but signatures, sorted by name.</summary>
    public ImmutableArray<ReleaseFile> Files { get; init; } = [];

    /// <summary>Digest of the Blessing's canonical JSON.</summary>
    public required string BlessingDigest { get; init; }

    /// <summary>
    /// What nobody measured, in a sentence that every Approval is signed over; null, and left out of the file, for a release that was
    /// measured against labels.
    /// </summary>
    public string? Unmeasured { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string GroundsDigest => BlessingDigest;
}
