using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Models;

/// <summary>How the Holdout is set apart: a stable hash of one column, so that a row never changes sides between snapshots.</summary>
public sealed record SplitDefinition
{
    /// <summary>Number of folds; the Holdout is fold 0 of <c>first 32 bits of SHA-256(column) mod Folds</c>.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>
    /// Text column that is hashed; null takes <see cref="FeatureView.Key"/>. Name the cluster's column where the rows of a
    /// cluster share their label: the whole cluster then stays on one side.
    /// </summary>
    public string? Column { get; init; }
}
