namespace Lifecycle.Domain.Models;

/// <summary>
/// How the Holdout is set apart: by a stable hash of one column, so that a row never changes sides between snapshots, or by time, as the
/// newest rows, so that everything is judged on what came after.
/// </summary>
public sealed record SplitDefinition
{
    private const int DefaultFolds = 5;

    /// <summary>
    /// Number of folds; the Holdout is fold 0 of <c>first 32 bits of SHA-256(column) mod Folds</c>. Null splits by
    /// <see cref="FeatureView.EventTime"/> where rows have one and no <see cref="Column"/> is named, else into five.
    /// </summary>
    public int? Folds { get; init; }

    /// <summary>
    /// Column that is hashed; null takes <see cref="FeatureView.Key"/>. Name the cluster's column where the rows of a
    /// cluster share their label: the whole cluster then stays on one side.
    /// </summary>
    public string? Column { get; init; }

    /// <summary>Timestamp column by which the newest rows are held out; null takes the features' <c>eventTime</c>, unless folds or a column are named.</summary>
    public string? ByTime { get; init; }

    /// <summary>Where the split is by time: length of the Holdout, back from the newest row; null takes a fifth of the time that the rows span.</summary>
    public TimeSpan? Holdout { get; init; }

    /// <summary>Where the split is by time: rows of this length before the Holdout are in neither side, since their labels were not known yet when it began.</summary>
    public TimeSpan Embargo { get; init; }

    /// <summary>The column that rows are split by in time; null where they are split by folds.</summary>
    public string? TimeColumn(FeatureView features) => ByTime ?? (Folds is null && Column is null ? features.EventTime : null);

    /// <summary>A split of the same rows into folds, whatever their time.</summary>
    public static SplitDefinition AtRandom(int folds) => new() { Folds = folds };

    /// <summary>Number of folds where rows are split by them.</summary>
    public int FoldCount() => Folds ?? DefaultFolds;
}
