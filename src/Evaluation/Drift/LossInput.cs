using Lifecycle.Domain.Drift;

namespace Lifecycle.Evaluation.Drift;

/// <summary>What the losses of a window are measured from: rows of both sides, as the live model scored them.</summary>
public sealed record LossInput
{
    /// <summary>The Champion's Holdout; every label is known.</summary>
    public required LossRows Holdout { get; init; }

    /// <summary>The window; labels that have not come are null.</summary>
    public required LossRows Window { get; init; }

    /// <summary>Weights of Holdout rows that make it look like the window; null leaves the weighted loss out.</summary>
    public ImportanceWeights? Weights { get; init; }

    /// <summary>Says how few rows are too few.</summary>
    public required DriftPolicy Policy { get; init; }

    /// <summary>Bootstrap samples behind every interval.</summary>
    public int BootstrapSamples { get; init; } = 1000;

    /// <summary>Seed of their draws.</summary>
    public int BootstrapSeed { get; init; } = 20240607;

    /// <summary>Throws unless the columns fit together.</summary>
    /// <exception cref="ArgumentException">They do not, the Holdout has no rows or a label is missing there, or a weight is of no Holdout row.</exception>
    internal void Validate()
    {
        Holdout.Validate("Holdout");
        Window.Validate("window");
        int unlabelled = Holdout.Labels.IndexOf(null);
        if (Holdout.RowCount == 0 || unlabelled >= 0)
        {
            throw new ArgumentException(Holdout.RowCount == 0 ? "the Holdout has no rows; expected at least one" : $"Holdout row {unlabelled} has no label; expected one for every row");
        }

        if (Weights?.Rows.FirstOrDefault(row => row.Row < 0 || row.Row >= Holdout.RowCount) is { Weight: > 0 } stranger)
        {
            throw new ArgumentException($"an importance weight is of row {stranger.Row}, but the Holdout has {Holdout.RowCount} rows");
        }
    }
}
