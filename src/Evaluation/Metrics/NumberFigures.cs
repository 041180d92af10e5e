using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>Figures of predictions that are numbers; what means nothing on the rows is null.</summary>
internal static class NumberFigures
{
    /// <summary>Rows in one sum of <see cref="ErrorOfSums"/>.</summary>
    public const int RowsOfASum = 100;

    public static double MeanAbsoluteError(NumberRows rows) => rows.Mean(i => Math.Abs(rows.Predictions[i] - rows.Labels[i]));

    public static double RootMeanSquaredError(NumberRows rows) => Math.Sqrt(MeanSquaredError(rows));

    /// <summary>Half of the weight has a smaller absolute error.</summary>
    public static double MedianAbsoluteError(NumberRows rows)
    {
        double[] errors = [.. Enumerable.Range(0, rows.Count).Select(i => Math.Abs(rows.Predictions[i] - rows.Labels[i]))];
        return WeightedQuantile.Of(errors, rows.Weights, 0.5);
    }

    /// <summary>Share of the labels' variance that is explained; null where labels do not vary.</summary>
    public static double? ExplainedShare(NumberRows rows)
    {
        double deviation = LabelDeviation(rows);
        return deviation > 0 ? 1 - (MeanSquaredError(rows) / (deviation * deviation)) : null;
    }

    public static double LabelDeviation(NumberRows rows)
    {
        double mean = rows.Mean(i => rows.Labels[i]);
        return Math.Sqrt(rows.Mean(i => (rows.Labels[i] - mean) * (rows.Labels[i] - mean)));
    }

    /// <summary>Spearman's rank correlation, ties at their mean rank; null where either side does not vary.</summary>
    public static double? RankCorrelation(NumberRows rows)
    {
        double[] predicted = Ranks(rows, rows.Sorted, i => rows.Predictions[i]);
        double[] seen = Ranks(rows, Order.Of(rows.Labels), i => rows.Labels[i]);
        double middle = rows.Weight / 2;
        double ofPredicted = rows.Mean(i => (predicted[i] - middle) * (predicted[i] - middle));
        double ofSeen = rows.Mean(i => (seen[i] - middle) * (seen[i] - middle));
        return ofPredicted > 0 && ofSeen > 0
            ? rows.Mean(i => (predicted[i] - middle) * (seen[i] - middle)) / Math.Sqrt(ofPredicted * ofSeen)
            : null;
    }

    /// <summary>Sum of the predictions over that of the labels; null where the labels sum to zero or less.</summary>
    public static double? RatioOfSums(NumberRows rows) =>
        rows.Mean(i => rows.Labels[i]) is > 0 and var seen ? rows.Mean(i => rows.Predictions[i]) / seen : null;

    /// <summary>Share of predictions that are as good as zero, and share of labels that are zero.</summary>
    public static (double Predicted, double Seen) Zeros(NumberRows rows)
    {
        double small = DevianceLoss.FloorShare * rows.Mean(i => Math.Abs(rows.Labels[i]));
        return (rows.Mean(i => Math.Abs(rows.Predictions[i]) <= small ? 1 : 0), rows.Mean(i => rows.Labels[i] == 0 ? 1 : 0));
    }

    /// <summary>Sums of prediction and label over each hundred rows as they stand in the Holdout; a rest is left out.</summary>
    public static IReadOnlyList<(double Predicted, double Seen)> Sums(NumberRows rows) =>
    [
        .. Enumerable.Range(0, rows.Count / RowsOfASum).Select(sum => Enumerable.Range(sum * RowsOfASum, RowsOfASum)
            .Aggregate((Predicted: 0.0, Seen: 0.0), (total, i) => (total.Predicted + rows.Predictions[i], total.Seen + rows.Labels[i]))),
    ];

    /// <summary>Mean distance of predicted and seen sums, as a share of the mean size of the sums seen; null with fewer than a hundred rows.</summary>
    public static double? ErrorOfSums(IReadOnlyList<(double Predicted, double Seen)> sums)
    {
        double size = sums.Sum(sum => Math.Abs(sum.Seen));
        return size > 0 ? sums.Sum(sum => Math.Abs(sum.Predicted - sum.Seen)) / size : null;
    }

    private static double MeanSquaredError(NumberRows rows) =>
        rows.Mean(i => (rows.Predictions[i] - rows.Labels[i]) * (rows.Predictions[i] - rows.Labels[i]));

    // By weight: what lies below, and half of what ties.
    private static double[] Ranks(NumberRows rows, int[] sorted, Func<int, double> value)
    {
        double[] ranks = new double[rows.Count];
        double below = 0;
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            double weight = 0;
            for (; end < sorted.Length && value(sorted[end]) == value(sorted[start]); end++)
            {
                weight += rows.Weights[sorted[end]];
            }

            for (int i = start; i < end; i++)
            {
                ranks[sorted[i]] = below + (weight / 2);
            }

            below += weight;
            start = end;
        }

        return ranks;
    }
}
