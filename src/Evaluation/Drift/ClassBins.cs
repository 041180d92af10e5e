using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// The scores of every class, calibrated each by itself, and the loss that they lead to expect. One probability tells of both of its
/// classes; of several classes each is held against the rest.
/// </summary>
internal sealed class ClassBins
{
    // Of two classes; several share what one pass over the bootstrap samples should cost.
    private const int BinsTogether = 40;
    private const int FewestBins = 5;

    private readonly ImmutableArray<ScoreBins> classes;
    private readonly ImmutableArray<int> starts;
    private readonly bool isBalanced;

    private ClassBins(ImmutableArray<ScoreBins> classes, bool isBalanced)
    {
        this.classes = classes;
        this.isBalanced = isBalanced;
        starts = [.. classes.Select((_, i) => classes.Take(i).Sum(one => one.Columns))];
    }

    public static ClassBins Of(Target target, Answers holdout, bool isBalanced) => new(
        holdout.Width == 1
            ? [ScoreBins.Of(1, holdout, ScoreBins.MaximumBins)]
            : [.. target.ClassNames.Select((_, position) => ScoreBins.Of(position, holdout, Math.Clamp(BinsTogether / holdout.Width, FewestBins, ScoreBins.MaximumBins)))],
        isBalanced);

    /// <summary>What an expected loss is made of, by cluster.</summary>
    public ClusterSums Sum(LossRows rows)
    {
        (ImmutableArray<int> clusters, int count) = ClusterNumbers.Of(rows.Clusters, rows.RowCount);
        ClusterSums sums = new(Math.Max(1, count), classes.Sum(one => one.Columns));
        for (int row = 0; row < rows.RowCount; row++)
        {
            Span<double> columns = sums.Row(clusters[row]);
            for (int i = 0; i < classes.Length; i++)
            {
                classes[i].Add(columns.Slice(starts[i], classes[i].Columns), rows.Answers.Of(row), rows.Labels[row], rows.WeightOf(row));
            }
        }

        return sums;
    }

    /// <summary>The window's expected loss over the Holdout's, both calibrated by the Holdout.</summary>
    public double Ratio(ReadOnlySpan<double> holdout, ReadOnlySpan<double> window)
    {
        double[][] shares = new double[classes.Length][];
        for (int i = 0; i < classes.Length; i++)
        {
            shares[i] = classes[i].Calibrate(holdout.Slice(starts[i], classes[i].Columns));
        }

        return Expected(window, shares) / Expected(holdout, shares);
    }

    private double Expected(ReadOnlySpan<double> sums, double[][] shares)
    {
        int count = classes.Length == 1 ? 2 : classes.Length;
        double[] losses = new double[count];
        double[] weights = new double[count];
        for (int i = 0; i < classes.Length; i++)
        {
            ExpectedLoss expected = classes[i].Expected(sums.Slice(starts[i], classes[i].Columns), shares[i]);
            (weights[classes[i].Position], losses[classes[i].Position]) = (expected.Weight, expected.Loss);
            if (classes.Length == 1)
            {
                (weights[0], losses[0]) = (expected.RestWeight, expected.RestLoss);
            }
        }

        return isBalanced ? StrataMean.Of(losses, weights) : losses.Sum() / weights.Sum();
    }
}
