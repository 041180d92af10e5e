namespace Lifecycle.Training.Domains;

/// <summary>How the domain classifier works. Its result depends on all of it but nothing else, the number of threads included.</summary>
public sealed record DomainClassifierOptions
{
    /// <summary>Parts that the rows are cut into; each is scored by a classifier trained on the others. At least 2.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Most rows of a side; of more, a sample by the hash of their keys takes part.</summary>
    public int MaximumRows { get; init; } = 20_000;

    /// <summary>Trees of a classifier.</summary>
    public int Trees { get; init; } = 60;

    /// <summary>Leaves of a tree.</summary>
    public int Leaves { get; init; } = 15;

    /// <summary>Fewest rows of a leaf: few enough to see a small new region, many enough not to learn noise.</summary>
    public int MinimumRowsPerLeaf { get; init; } = 40;

    /// <summary>Step of a tree.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Share of figures that a tree may use.</summary>
    public double FigureShare { get; init; } = 0.8;

    /// <summary>Seed of the trees.</summary>
    public int Seed { get; init; } = 20240607;

    /// <summary>Threads.</summary>
    public int Threads { get; init; } = 2;
}
