using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Workflows.Contracts;

/// <summary>
/// The model definition as it was when the run began: read once, recorded in the history, and the same for every stage,
/// whatever is edited meanwhile.
/// </summary>
public sealed record RunDefinition
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The DataSnapshot to take.</summary>
    public required SnapshotDefinition Snapshot { get; init; }

    /// <summary>The whole <see cref="ModelDefinition"/> as JSON.</summary>
    public required ArtifactRef Document { get; init; }

    /// <summary>Digest of the model folder's files, which stage Snapshot reads from the worker's own copy.</summary>
    public required string FolderDigest { get; init; }

    /// <summary>The gate's policy.</summary>
    public required GatePolicy Gate { get; init; }

    /// <summary>The approval policy.</summary>
    public required ApprovalPolicy Approval { get; init; }

    /// <summary>The ReleaseChannel.</summary>
    public required string Channel { get; init; }
}
