namespace Lifecycle.Domain.Models;

/// <summary>
/// Hyperparameters of the LightGBM trainer. Same data, seed and thread count give the same bytes, so all three are recorded.
/// </summary>
public sealed record TrainerDefinition
{
    /// <summary>Number of trees.</summary>
    public int Trees { get; init; } = 300;

    /// <summary>Leaves of a tree at most.</summary>
    public int Leaves { get; init; } = 31;

    /// <summary>Shrinkage of each tree's vote.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Rows in a leaf at least.</summary>
    public int MinimumRowsPerLeaf { get; init; } = 20;

    /// <summary>Share of rows that a tree sees.</summary>
    public double RowShare { get; init; } = 0.8;

    /// <summary>Share of features that a tree sees.</summary>
    public double FeatureShare { get; init; } = 0.5;

    /// <summary>L2 regularisation.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>Weighs both classes alike, whatever their share of the rows.</summary>
    public bool BalanceClasses { get; init; } = true;

    /// <summary>Seed of every random choice in training.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Number of threads; part of the result's identity, see the type.</summary>
    public int Threads { get; init; } = 2;
}

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

/// <summary>
/// The trivial model that the Challenger must beat: a lookup of what was already known, with a constant for the rest.
/// </summary>
public sealed record ReferenceModelDefinition
{
    /// <summary>Snapshot column with the label known before (0, 1 or null); null in the definition means no lookup at all.</summary>
    public string? LookupColumn { get; init; }

    /// <summary>Probability given to a row that the lookup knows as 1 (and one minus it for a known 0).</summary>
    public double Confidence { get; init; } = 0.99;

    /// <summary>How the ReferenceModel is published while there are no labels; null where nothing was planned for that time.</summary>
    public ColdStartDefinition? ColdStart { get; init; }
}
