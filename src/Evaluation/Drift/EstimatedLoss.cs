using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Drift;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// What the live model loses in the window by its own account: predictions, calibrated on the Holdout, say how likely either
/// answer is, and so what loss to expect (confidence-based performance estimation; Guillory et al. 2021, NannyML's CBPE). It
/// believes the model: neither concept drift nor a region that the Holdout lacks can show.
/// </summary>
/// <remarks>
/// The window's estimate is the Holdout's loss times the ratio of both sides' expected losses. A bias of the calibration is on
/// both sides and cancels. Each bootstrap sample draws both sides and calibrates anew.
/// </remarks>
internal static class EstimatedLoss
{
    /// <summary>More of the window than this outside the Holdout's scores leaves nothing to calibrate by.</summary>
    public const double MaximumOutsideShare = 0.05;

    public static LossChange Measure(LossInput input, LossReplicates holdout)
    {
        ScoreBins bins = ScoreBins.Of(input.Holdout.Probabilities);
        ClusterSums here = bins.Sum(input.Holdout);
        ClusterSums there = bins.Sum(input.Window);
        BootstrapTotals drawnHere = ClusterBootstrap.Resample(here, input.BootstrapSamples, input.BootstrapSeed);
        BootstrapTotals drawnThere = ClusterBootstrap.Resample(there, input.BootstrapSamples, input.BootstrapSeed + 1);
        string? inconclusive = LossConditions.EnoughRows(input.Window.RowCount, input.Policy, "window rows")
            ?? LossConditions.EnoughRows(input.Holdout.RowCount, input.Policy, "Holdout rows")
            ?? LossConditions.EnoughClusters(holdout, "Holdout")
            ?? BothClasses(holdout)
            ?? WithinScores(input)
            ?? (input.Weights is { OffSupportShare: > ImportanceWeights.MaximumOffSupportShare } weights ? weights.OffSupport : null);
        return LossConditions.Change(
            holdout.Loss,
            holdout.Loss * Ratio(bins, here.Total(), there.Total()),
            Enumerable.Range(0, input.BootstrapSamples).Select(sample => Ratio(bins, drawnHere.Sample(sample), drawnThere.Sample(sample))),
            input.Window.RowCount,
            inconclusive);
    }

    private static double Ratio(ScoreBins bins, ReadOnlySpan<double> holdout, ReadOnlySpan<double> window)
    {
        double[] shares = bins.Calibrate(holdout);
        return bins.Expected(window, shares) / bins.Expected(holdout, shares);
    }

    private static string? BothClasses(LossReplicates holdout) => holdout is { PositiveClusters: > 0, NegativeClusters: > 0 }
        ? null
        : "the Holdout has one class only, and there is nothing to calibrate by";

    private static string? WithinScores(LossInput input)
    {
        ImmutableArray<float> known = input.Holdout.Probabilities;
        (float lowest, float highest) = (known.Min(), known.Max());
        double outside = (double)input.Window.Probabilities.Count(score => score < lowest || score > highest) / Math.Max(1, input.Window.RowCount);
        return outside <= MaximumOutsideShare
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{outside:0.0%} of the window’s predictions lie outside those of the Holdout, more than {MaximumOutsideShare:0%}");
    }
}
