using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Evaluation.Losses;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>
/// Calibration of numbers by what the deciding loss elicits: the mean label, or the share of labels below the prediction. A label that
/// equals the prediction counts on whichever side brings the share nearer to the quantile's level; for Huber's centre a label within δ
/// counts in part, so that the share is one half just where the loss is least.
/// </summary>
internal sealed class NumberCalibration(NumberRows rows, Loss loss)
{
    // With fewer rows that are not zero, a bin's own variance is not known.
    private const int FewestNonZero = 30;

    private readonly double[] values = new double[rows.Count];
    private readonly double[] scratch = new double[rows.ClusterCount];

    /// <summary>The evidence for the gate.</summary>
    public CalibrationEvidence Evidence(ImmutableArray<CalibrationBin> bins) => new()
    {
        Total = BinOf(0..rows.Count),
        Bins = bins,
        LabelDeviation = NumberFigures.LabelDeviation(rows),
        HasNegativeLabels = rows.Labels.Any(label => label < 0),
    };

    /// <summary>The bins, in increasing order of prediction.</summary>
    public ImmutableArray<CalibrationBin> Bins(IEnumerable<Range> bins) => [.. bins.Select(BinOf)];

    private CalibrationBin BinOf(Range bin)
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
        (double lower, double upper) = IntervalOf(observed, members, predicted);
        return new CalibrationBin(members.Length, weight / rows.Weight, predicted, observed.Mean, lower, upper);
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
    private (double Lower, double Upper) IntervalOf(ClusterRobustMean observed, ReadOnlySpan<int> members, double predicted)
    {
        bool isMean = loss.Elicits.Kind == ElicitedKind.Mean;
        if (!double.IsFinite(observed.StandardError))
        {
            return isMean ? (rows.Labels.Min(), rows.Labels.Max()) : (0, 1);
        }

        ClusterRobustMean widened = observed with { StandardError = Math.Max(observed.StandardError, isMean ? RareError(members, predicted) : 0) };
        return isMean ? (widened.Lower, widened.Upper) : (Math.Max(0, widened.Lower), Math.Min(1, widened.Upper));
    }

    /// <summary>
    /// Standard error that a bin of a few amounts among zeros would have if its predictions were right: amounts come as a Poisson process,
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
