using Lifecycle.Domain.Evaluation.Losses;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>
/// Calibration of numbers by what the deciding loss elicits: the mean label, or the share of labels below the prediction. A label that
/// equals the prediction counts on whichever side brings the share nearer to the quantile's level; for Huber's centre a label within δ
/// counts in part, so that the share is one half just where the loss is least.
/// </summary>
internal sealed class NumberCalibration(NumberRows rows, Loss loss)
{
    // Amounts are skewed: where few large ones came by chance, mean and variance come out too small together, and with fewer labels that
    // are not zero the interval would miss on that side far more often than it says.
    private const int FewestNonZero = 500;

    private readonly double[] values = new double[rows.Count];
    private readonly double[] scratch = new double[rows.ClusterCount];

    /// <summary>What was seen, on the whole and in bins of increasing prediction.</summary>
    public ObservedCalibration Of(IEnumerable<Range> bins) => new(
        Class: null, BinOf(0..rows.Count), [.. bins.Select(BinOf)], NumberFigures.LabelDeviation(rows), rows.Labels.Any(label => label < 0));

    private ObservedBin BinOf(Range bin)
    {
        ReadOnlySpan<int> members = rows.Sorted.AsSpan(bin);
        double weight = 0;
        double predicted = 0;
        foreach (int row in members)
        {
            weight += rows.Weights[row];
            predicted += rows.Weights[row] * rows.Predictions[row];
        }

        predicted /= weight;
        SetValues(members);
        ClusterRobustMean observed = ClusterRobustMean.Of(members, values, rows.Weights, rows.Clusters, scratch);
        double error = loss.Elicits.Kind == ElicitedKind.Mean ? Math.Max(observed.StandardError, RareError(members, predicted)) : observed.StandardError;
        ClusterRobustMean widened = observed with { StandardError = error };
        return new ObservedBin(members.Length, weight / rows.Weight, predicted, observed.Mean, tail => IntervalOf(widened, tail));
    }

    private void SetValues(ReadOnlySpan<int> members)
    {
        double tied = loss.Elicits.Kind == ElicitedKind.Quantile ? ShareOfTies(members) : 0;
        foreach (int row in members)
        {
            double error = rows.Labels[row] - rows.Predictions[row];
            values[row] = loss switch
            {
                HuberLoss huber => 0.5 - (Math.Clamp(error / huber.Delta, -1, 1) / 2),
                { Elicits.Kind: ElicitedKind.Mean } => rows.Labels[row],
                _ => (float)rows.Labels[row] == rows.Predictions[row] ? tied : error < 0 ? 1 : 0,
            };
        }
    }

    private double ShareOfTies(ReadOnlySpan<int> members)
    {
        double below = 0;
        double tied = 0;
        double weight = 0;
        foreach (int row in members)
        {
            weight += rows.Weights[row];
            bool isTied = (float)rows.Labels[row] == rows.Predictions[row];
            tied += isTied ? rows.Weights[row] : 0;
            below += !isTied && rows.Labels[row] < rows.Predictions[row] ? rows.Weights[row] : 0;
        }

        return tied > 0 ? Math.Clamp(((loss.Elicits.Level * weight) - below) / tied, 0, 1) : 0;
    }

    // One cluster tells nothing of its own error: then any value that occurs is possible.
    private (double Lower, double Upper) IntervalOf(ClusterRobustMean observed, double tail)
    {
        bool isMean = loss.Elicits.Kind == ElicitedKind.Mean;
        if (!double.IsFinite(observed.StandardError))
        {
            return isMean ? (rows.Labels.Min(), rows.Labels.Max()) : (0, 1);
        }

        (double lower, double upper) = observed.IntervalAt(tail);
        return isMean ? (lower, upper) : (Math.Max(0, lower), Math.Min(1, upper));
    }

    /// <summary>
    /// Standard error that a bin of few amounts, or few among zeros, would have if its predictions were right: amounts come as a Poisson process,
    /// so the variance of a row is its mean times the mean size of an amount, each amount counted by its size.
    /// </summary>
    private double RareError(ReadOnlySpan<int> members, double predicted)
    {
        int amounts = 0;
        double weight = 0;
        double squares = 0;
        foreach (int row in members)
        {
            amounts += rows.Labels[row] != 0 ? 1 : 0;
            weight += rows.Weights[row];
            squares += rows.Weights[row] * rows.Weights[row];
        }

        if (amounts >= FewestNonZero || predicted <= 0)
        {
            return 0;
        }

        double mean = rows.Mean(i => Math.Abs(rows.Labels[i]));
        double size = mean > 0 ? rows.Mean(i => rows.Labels[i] * rows.Labels[i]) / mean : 0;
        return Math.Sqrt(predicted * size * squares) / weight;
    }
}
