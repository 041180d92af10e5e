using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Evaluation.Drift;

/// <summary>What the losses of a window are measured from: rows of both sides, as the live model answered them.</summary>
public sealed record LossInput
{
    /// <summary>What the model predicts.</summary>
    public required Target Target { get; init; }

    /// <summary>The loss that decides about such models.</summary>
    public required Loss Loss { get; init; }

    /// <summary>The Champion's Holdout; every label is known.</summary>
    public required LossRows Holdout { get; init; }

    /// <summary>The window; labels that have not come are NaN.</summary>
    public required LossRows Window { get; init; }

    /// <summary>Weights of Holdout rows that make it look like the window; null leaves the weighted loss out.</summary>
    public ImportanceWeights? Weights { get; init; }

    /// <summary>What a second model expects each row to lose; null leaves the estimated loss of a loss of numbers out.</summary>
    public ExpectedLosses? Expected { get; init; }

    /// <summary>Says how few rows are too few.</summary>
    public required DriftPolicy Policy { get; init; }

    /// <summary>Bootstrap samples behind every interval.</summary>
    public int BootstrapSamples { get; init; } = 1000;

    /// <summary>Seed of their draws.</summary>
    public int BootstrapSeed { get; init; } = 20240607;

    /// <summary>Number of strata that the loss is averaged over: the classes of a balanced one, else one.</summary>
    internal int StratumCount => Loss.IsBalanced ? Target.ClassNames.Length : 1;

    /// <summary>The stratum of a label.</summary>
    internal int StratumOf(double label) => Loss.IsBalanced ? (int)label : 0;

    /// <summary>The loss of each row of a side, with the Holdout's floor on both; NaN where the label is not known.</summary>
    public double[] LossesOf(LossRows rows)
    {
        double[] labels = [.. rows.Labels.Select(label => double.IsNaN(label) ? 0 : label)];
        double[] losses = Loss.Of(rows.Answers, labels, Loss.FloorFor(Holdout.Labels.AsSpan()));
        for (int row = 0; row < losses.Length; row++)
        {
            losses[row] = rows.IsLabelled(row) ? losses[row] : double.NaN;
        }

        return losses;
    }

    /// <summary>Throws unless the columns fit together.</summary>
    /// <exception cref="ArgumentException">They do not, the Holdout has no rows or a label is missing there, or a weight is of no Holdout row.</exception>
    internal void Validate()
    {
        Holdout.Validate("Holdout", Target);
        Window.Validate("window", Target);
        Require(Loss.Fits(Target), $"{Loss.Title} is no loss for {Target.Sentence}");
        Require(Holdout.RowCount > 0, "the Holdout has no rows; expected at least one");
        int unlabelled = Enumerable.Range(0, Holdout.RowCount).FirstOrDefault(row => !Holdout.IsLabelled(row), -1);
        Require(unlabelled < 0, $"Holdout row {unlabelled} has no label; expected one for every row");
        if (Weights?.Rows.FirstOrDefault(row => row.Row < 0 || row.Row >= Holdout.RowCount) is { Weight: > 0 } stranger)
        {
            throw new ArgumentException($"an importance weight is of row {stranger.Row}, but the Holdout has {Holdout.RowCount} rows");
        }

        Require(
            Expected is null || (Expected.Holdout.Length == Holdout.RowCount && Expected.Window.Length == Window.RowCount),
            $"there are expected losses of {Expected?.Holdout.Length} Holdout rows and {Expected?.Window.Length} of the window; expected {Holdout.RowCount} and {Window.RowCount}");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
