using System.Collections.Immutable;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Statistics.Regression;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// Calibrates the live model's scores: bins of equal mass of the Holdout, in each the share of class 1, made to rise with the
/// score, and straight lines from one bin's mean score to the next. Lines, because a bin that straddles a gap between scores
/// would give the rows on either side of it the same answer.
/// </summary>
/// <param name="Edges">Highest score of each bin but the last, increasing.</param>
/// <param name="Knots">Mean Holdout score of each bin, increasing.</param>
internal sealed record ScoreBins(ImmutableArray<float> Edges, ImmutableArray<double> Knots)
{
    /// <summary>Bins at most: each needs some rows of both classes to calibrate by.</summary>
    public const int MaximumBins = 20;

    // For each bin: its rows' weight and that of class 1; and for each knot, rows counted by their nearness to it: their
    // weight, their weighted loss if the answer were 1, and the same for 0.
    private const int Columns = 5;

    public int Count => Knots.Length;

    public static ScoreBins Of(ImmutableArray<float> scores)
    {
        float[] sorted = [.. scores.Order()];
        ImmutableArray<float> edges =
        [
            .. Enumerable.Range(1, MaximumBins - 1)
                .Select(bin => sorted[(int)((long)bin * sorted.Length / MaximumBins)])
                .Distinct()
                .Where(edge => edge < sorted[^1]),
        ];
        return new ScoreBins(edges, [.. sorted.GroupBy(score => BinOf(edges, score)).OrderBy(bin => bin.Key).Select(bin => bin.Average(score => (double)score))]);
    }

    /// <summary>What an expected loss is made of, by cluster.</summary>
    public ClusterSums Sum(LossRows rows)
    {
        (ImmutableArray<int> clusters, int count) = ClusterNumbers.Of(rows.Clusters, rows.RowCount);
        ClusterSums sums = new(Math.Max(1, count), Count * Columns);
        for (int row = 0; row < rows.RowCount; row++)
        {
            Span<double> columns = sums.Row(clusters[row]);
            float score = rows.Probabilities[row];
            double weight = rows.WeightOf(row);
            Span<double> bin = columns[(BinOf(Edges, score) * Columns)..];
            bin[0] += weight;
            bin[1] += rows.Labels[row] is true ? weight : 0;
            (int below, double nearness) = Place(score);
            AddNear(columns[(below * Columns)..], weight * nearness, score);
            AddNear(columns[(Math.Min(below + 1, Count - 1) * Columns)..], weight * (1 - nearness), score);
        }

        return sums;
    }

    /// <summary>Share of class 1 at each knot; a bin that a bootstrap sample left empty follows the one below.</summary>
    public double[] Calibrate(ReadOnlySpan<double> holdout)
    {
        double[] shares = new double[Count];
        double[] weights = new double[Count];
        for (int bin = 0; bin < Count; bin++)
        {
            double weight = holdout[bin * Columns];
            shares[bin] = weight > 0 ? holdout[(bin * Columns) + 1] / weight : bin > 0 ? shares[bin - 1] : 0;
            weights[bin] = Math.Max(weight, 1e-9);
        }

        IsotonicRegression.Fit(shares, weights);
        return shares;
    }

    /// <summary>The balanced log loss to be expected if class 1 has these shares at the knots; NaN without rows.</summary>
    public double Expected(ReadOnlySpan<double> sums, ReadOnlySpan<double> shares)
    {
        double positive = 0;
        double positiveLoss = 0;
        double negative = 0;
        double negativeLoss = 0;
        for (int knot = 0; knot < Count; knot++)
        {
            ReadOnlySpan<double> columns = sums.Slice(knot * Columns, Columns);
            positive += shares[knot] * columns[2];
            positiveLoss += shares[knot] * columns[3];
            negative += (1 - shares[knot]) * columns[2];
            negativeLoss += (1 - shares[knot]) * columns[4];
        }

        return LogLoss.BalancedMean(positiveLoss, positive, negativeLoss, negative);
    }

    private static void AddNear(Span<double> knot, double weight, float score)
    {
        knot[2] += weight;
        knot[3] += weight * LogLoss.Of(score, label: true);
        knot[4] += weight * LogLoss.Of(score, label: false);
    }

    // The knot below a score and how near the score is to it, 1 to 0; beyond the outer knots it is as if at them.
    private (int Below, double Nearness) Place(double score)
    {
        int found = Knots.BinarySearch(score);
        int below = Math.Max(0, found >= 0 ? found : ~found - 1);
        return below == Count - 1 || score <= Knots[below]
            ? (below, 1)
            : (below, (Knots[below + 1] - score) / (Knots[below + 1] - Knots[below]));
    }

    private static int BinOf(ImmutableArray<float> edges, float score)
    {
        int found = edges.BinarySearch(score);
        return found >= 0 ? found : ~found;
    }
}
