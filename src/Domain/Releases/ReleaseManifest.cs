using System.Collections.Immutable;
using Lifecycle.Domain.Runs;

namespace Lifecycle.Domain.Releases;

/// <summary>A file of a release, by its flat ASCII name.</summary>
public sealed record ReleaseFile(string Name, ArtifactRef Content);

/// <summary>
/// What release engineers decide about: the exact bytes that would ship and where. Its <see cref="Digest"/> is SHA-256 over
/// the canonical JSON of all other members, and every decision is signed over it.
/// </summary>
public sealed record ReleaseManifest
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Identifier of the DataSnapshot.</summary>
    public required string Snapshot { get; init; }

    /// <summary>Digest of the DataSnapshot.</summary>
    public required string SnapshotDigest { get; init; }

    /// <summary>The ReleaseChannel it would be promoted on.</summary>
    public required string Channel { get; init; }

    /// <summary>The version the ReleaseChannel would have then.</summary>
    public required long ChannelVersion { get; init; }

    /// <summary>Everything that ships but signatures, sorted by name.</summary>
    public ImmutableArray<ReleaseFile> Files { get; init; } = [];

    /// <summary>Digest of the Blessing's canonical JSON.</summary>
    public required string BlessingDigest { get; init; }

    /// <summary>Digest of the ApprovalPolicy and Enrolment in force.</summary>
    public required string PolicyDigest { get; init; }

    /// <summary>The run that made it, <c>temporal://&lt;namespace&gt;/&lt;workflow id&gt;/&lt;first run id&gt;</c>.</summary>
    public required string InvocationId { get; init; }

    /// <summary>Who asked for the run and therefore may not approve it.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Lowercase hexadecimal SHA-256 over the canonical JSON of the other members.</summary>
    public string Digest { get; init; } = "";
}
