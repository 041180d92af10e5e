using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Rows;
using Lifecycle.Statistics.Regression;

namespace Lifecycle.Evaluation.Drift;

/// <summary>Weights and weighted losses to be expected of a class, and of the rest.</summary>
internal readonly record struct ExpectedLoss(double Weight, double Loss, double RestWeight, double RestLoss);

/// <summary>
/// Calibrates the live model's scores of one class: bins of equal mass of the Holdout, in each the share of the class, made to rise with
/// the score, and straight lines from one bin's mean score to the next. Lines, because a bin that straddles a gap between scores
/// would give the rows on either side of it the same answer.
/// </summary>
/// <param name="Position">The class.</param>
/// <param name="Edges">Highest score of each bin but the last, increasing.</param>
/// <param name="Knots">Mean Holdout score of each bin, increasing.</param>
internal sealed record ScoreBins(int Position, ImmutableArray<float> Edges, ImmutableArray<double> Knots)
{
    /// <summary>Bins at most: each needs some rows of both classes to calibrate by.</summary>
    public const int MaximumBins = 20;

    // For each bin: its rows' weight and that of the class; and for each knot, rows counted by their nearness to it: their
    // weight, their weighted loss if the answer were the class, and the same for the rest.
    private const int ColumnsPerBin = 5;

    private int Count => Knots.Length;

    /// <summary>Numbers in the sums of a cluster.</summary>
    public int Columns => Count * ColumnsPerBin;

    public static ScoreBins Of(int position, Answers holdout, int maximumBins)
    {
        float[] sorted = [.. Enumerable.Range(0, holdout.Count).Select(row => ScoreOf(holdout.Of(row), position)).Order()];
        ImmutableArray<float> edges =
        [
            .. Enumerable.Range(1, maximumBins - 1)
                .Select(bin => sorted[(int)((long)bin * sorted.Length / maximumBins)])
                .Distinct()
                .Where(edge => edge < sorted[^1]),
        ];
        return new ScoreBins(
            position, edges, [.. sorted.GroupBy(score => BinOf(edges, score)).OrderBy(bin => bin.Key).Select(bin => bin.Average(score => (double)score))]);
    }

    /// <summary>Adds a row to the sums of its cluster.</summary>
    public void Add(Span<double> columns, ReadOnlySpan<float> answer, double label, double weight)
    {
        float score = ScoreOf(answer, Position);
        Span<double> bin = columns[(BinOf(Edges, score) * ColumnsPerBin)..];
        bin[0] += weight;
        bin[1] += label == Position ? weight : 0;
        (int below, double nearness) = Place(score);
        AddNear(columns[(below * ColumnsPerBin)..], weight * nearness, score);
        AddNear(columns[(Math.Min(below + 1, Count - 1) * ColumnsPerBin)..], weight * (1 - nearness), score);
    }

    /// <summary>Share of the class at each knot; a bin that a bootstrap sample left empty follows the one below.</summary>
    public double[] Calibrate(ReadOnlySpan<double> holdout)
    {
        double[] shares = new double[Count];
        double[] weights = new double[Count];
        for (int bin = 0; bin < Count; bin++)
        {
            double weight = holdout[bin * ColumnsPerBin];
            shares[bin] = weight > 0 ? holdout[(bin * ColumnsPerBin) + 1] / weight : bin > 0 ? shares[bin - 1] : 0;
            weights[bin] = Math.Max(weight, 1e-9);
        }

        IsotonicRegression.Fit(shares, weights);
        return shares;
    }

    /// <summary>What is to be expected if the class has these shares at the knots.</summary>
    public ExpectedLoss Expected(ReadOnlySpan<double> sums, ReadOnlySpan<double> shares)
    {
        double weight = 0;
        double loss = 0;
        double restWeight = 0;
        double restLoss = 0;
        for (int knot = 0; knot < Count; knot++)
        {
            ReadOnlySpan<double> columns = sums.Slice(knot * ColumnsPerBin, ColumnsPerBin);
            weight += shares[knot] * columns[2];
            loss += shares[knot] * columns[3];
            restWeight += (1 - shares[knot]) * columns[2];
            restLoss += (1 - shares[knot]) * columns[4];
        }

        return new ExpectedLoss(weight, loss, restWeight, restLoss);
    }

    private static float ScoreOf(ReadOnlySpan<float> answer, int position) => answer.Length > 1 ? answer[position] : answer[0];

    private static void AddNear(Span<double> knot, double weight, float score)
    {
        knot[2] += weight;
        knot[3] += weight * LogLoss.Of(score);
        knot[4] += weight * LogLoss.Of(1 - (double)score);
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
