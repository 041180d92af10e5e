namespace Lifecycle.Domain.Training;

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
