using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// What a second model expects the live model to lose on each row: of the Holdout, each row by models that did not see it, and of the
/// window. It is used only where it proved itself on the Holdout (<see cref="Proven"/>).
/// </summary>
public sealed record ExpectedLosses
{
    /// <summary>Parts of equal mass, by expected loss, in which the Holdout's real losses are held against the expected ones.</summary>
    public const int Bins = 5;

    /// <summary>Lowest ratio of a part's real to its expected losses, unless its interval reaches higher.</summary>
    public const double MinimumRatio = 0.8;

    /// <summary>Highest ratio, unless its interval reaches lower.</summary>
    public const double MaximumRatio = 1.25;

    // Of all rows: weight, loss, squared loss, squared error of the expectation. Of each part: losses, and expected losses.
    private const int Whole = 4;

    private ExpectedLosses(ImmutableArray<double> holdout, ImmutableArray<double> window) => (Holdout, Window) = (holdout, window);

    /// <summary>Of the Holdout's rows.</summary>
    public ImmutableArray<double> Holdout { get; }

    /// <summary>Of the window's rows.</summary>
    public ImmutableArray<double> Window { get; }

    /// <summary>Expectations that the Holdout bears out: they explain part of its losses, and are neither too high nor too low where they are low or high.</summary>
    /// <param name="input">Both sides.</param>
    /// <param name="holdout">Expected losses of the Holdout's rows, each by a model that did not see it.</param>
    /// <param name="window">Expected losses of the window's rows.</param>
    /// <exception cref="InvalidOperationException">The Holdout does not bear them out; the message says how.</exception>
    public static ExpectedLosses Proven(LossInput input, ImmutableArray<double> holdout, ImmutableArray<double> window)
    {
        ClusterSums sums = Sum(input, holdout);
        BootstrapTotals drawn = ClusterBootstrap.Resample(sums, input.BootstrapSamples, input.BootstrapSeed);
        PercentileInterval explained = IntervalOf(drawn, Explained);
        if (!(explained.Lower > 0))
        {
            throw Unproven($"it explains {Explained(sums.Total()):0.0%} of the losses, at least {explained.Lower:0.0%} with 95% confidence; expected more than chance does");
        }

        for (int bin = 0; bin < Bins; bin++)
        {
            int part = bin;
            PercentileInterval ratio = IntervalOf(drawn, totals => RatioOf(totals, part));
            if (!(ratio.Upper >= MinimumRatio && ratio.Lower <= MaximumRatio))
            {
                throw Unproven($"in part {bin + 1} of {Bins} of the Holdout, by expected loss, the real losses are {RatioOf(sums.Total(), bin):0.00} times what it expects, 95% interval {ratio.Lower:0.00} to {ratio.Upper:0.00}; expected {MinimumRatio} to {MaximumRatio}");
            }
        }

        return new ExpectedLosses(holdout, window);
    }

    private static ClusterSums Sum(LossInput input, ImmutableArray<double> expected)
    {
        LossRows rows = input.Holdout;
        double[] losses = input.LossesOf(rows);
        (ImmutableArray<int> clusters, int count) = ClusterNumbers.Of(rows.Clusters, rows.RowCount);
        ClusterSums sums = new(count, Whole + (2 * Bins));
        int[] order = [.. Enumerable.Range(0, rows.RowCount).OrderBy(row => expected[row])];
        for (int place = 0; place < order.Length; place++)
        {
            int row = order[place];
            double weight = rows.WeightOf(row);
            Span<double> columns = sums.Row(clusters[row]);
            columns[0] += weight;
            columns[1] += weight * losses[row];
            columns[2] += weight * losses[row] * losses[row];
            columns[3] += weight * (losses[row] - expected[row]) * (losses[row] - expected[row]);
            int bin = Whole + (2 * (int)((long)place * Bins / order.Length));
            columns[bin] += weight * losses[row];
            columns[bin + 1] += weight * expected[row];
        }

        return sums;
    }

    // 1 − Σ(ℓ−m)² / Σ(ℓ−ℓ̄)².
    private static double Explained(ReadOnlySpan<double> totals) =>
        1 - (totals[3] / (totals[2] - (totals[1] * totals[1] / totals[0])));

    private static double RatioOf(ReadOnlySpan<double> totals, int bin) => totals[Whole + (2 * bin)] / totals[Whole + (2 * bin) + 1];

    private static PercentileInterval IntervalOf(BootstrapTotals drawn, Figure figure)
    {
        double[] finite = [.. Enumerable.Range(0, drawn.Samples).Select(sample => figure(drawn.Sample(sample))).Where(double.IsFinite)];
        return finite is [] ? new PercentileInterval(double.NaN, double.NaN) : PercentileInterval.Of(finite);
    }

    private static InvalidOperationException Unproven(FormattableString reason) =>
        new($"the model of the losses did not prove itself on the Holdout: {reason.ToString(CultureInfo.InvariantCulture)}");

    private delegate double Figure(ReadOnlySpan<double> totals);
}
