using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Models;

/// <summary>
/// How the Holdout is set apart: by a stable hash of one column, so that a row never changes sides between snapshots, or, with
/// <see cref="ByTime"/>, as the newest rows, so that everything is judged on what came after.
/// </summary>
public sealed record SplitDefinition
{
    /// <summary>Number of folds; the Holdout is fold 0 of <c>first 32 bits of SHA-256(column) mod Folds</c>.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>
    /// Column that is hashed; null takes <see cref="FeatureView.Key"/>. Name the cluster's column where the rows of a
    /// cluster share their label: the whole cluster then stays on one side.
    /// </summary>
    public string? Column { get; init; }

    /// <summary>Timestamp column by which the newest rows are held out; null splits by folds.</summary>
    public string? ByTime { get; init; }

    /// <summary>With <see cref="ByTime"/>: length of the Holdout, back from the newest row.</summary>
    public TimeSpan? Holdout { get; init; }

    /// <summary>With <see cref="ByTime"/>: rows of this length before the Holdout are in neither side, since their labels were not known yet when it began.</summary>
    public TimeSpan Embargo { get; init; }
}
