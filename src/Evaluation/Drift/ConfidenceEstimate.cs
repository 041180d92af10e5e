using System.Globalization;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Rows;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// What the live model loses in the window by its own account: predictions, calibrated on the Holdout, say how likely each
/// class is, and so what loss to expect (confidence-based performance estimation; Guillory et al. 2021, NannyML's CBPE). It
/// believes the model: neither concept drift nor a region that the Holdout lacks can show.
/// </summary>
/// <remarks>
/// The window's estimate is the Holdout's loss times the ratio of both sides' expected losses. A bias of the calibration is on
/// both sides and cancels. Each bootstrap sample draws both sides and calibrates anew.
/// </remarks>
internal static class ConfidenceEstimate
{
    /// <summary>More of the window than this outside the Holdout's scores leaves nothing to calibrate by.</summary>
    public const double MaximumOutsideShare = 0.05;

    public static LossChange Measure(LossInput input, LossReplicates holdout)
    {
        ClassBins bins = ClassBins.Of(input.Target, input.Holdout.Answers, input.Loss.IsBalanced);
        ClusterSums here = bins.Sum(input.Holdout);
        ClusterSums there = bins.Sum(input.Window);
        BootstrapTotals drawnHere = ClusterBootstrap.Resample(here, input.BootstrapSamples, input.BootstrapSeed);
        BootstrapTotals drawnThere = ClusterBootstrap.Resample(there, input.BootstrapSamples, input.BootstrapSeed + 1);
        string? inconclusive = LossConditions.EnoughRows(input.Window.RowCount, input.Policy, "window rows")
            ?? LossConditions.EnoughRows(input.Holdout.RowCount, input.Policy, "Holdout rows")
            ?? LossConditions.EnoughClusters(holdout, "Holdout")
            ?? SeveralClasses(input.Holdout)
            ?? WithinScores(input)
            ?? LossConditions.OnSupport(input.Weights);
        return LossConditions.Change(
            holdout.Loss,
            holdout.Loss * bins.Ratio(here.Total(), there.Total()),
            Enumerable.Range(0, input.BootstrapSamples).Select(sample => bins.Ratio(drawnHere.Sample(sample), drawnThere.Sample(sample))),
            input.Window.RowCount,
            inconclusive);
    }

    private static string? SeveralClasses(LossRows holdout) => holdout.Labels.Any(label => label != holdout.Labels[0])
        ? null
        : "the Holdout has one class only, and there is nothing to calibrate by";

    private static string? WithinScores(LossInput input)
    {
        (float Lowest, float Highest)[] known = [.. Enumerable.Range(0, input.Holdout.Answers.Width).Select(number => RangeOf(input.Holdout.Answers, number))];
        Answers window = input.Window.Answers;
        int strangers = Enumerable.Range(0, window.Count).Count(row =>
            known.Index().Any(range => window.Of(row)[range.Index] < range.Item.Lowest || window.Of(row)[range.Index] > range.Item.Highest));
        double outside = (double)strangers / Math.Max(1, window.Count);
        return outside <= MaximumOutsideShare
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{outside:0.0%} of the window’s predictions lie outside those of the Holdout, more than {MaximumOutsideShare:0%}");
    }

    private static (float Lowest, float Highest) RangeOf(Answers answers, int number)
    {
        (float lowest, float highest) = (float.MaxValue, float.MinValue);
        for (int row = 0; row < answers.Count; row++)
        {
            (lowest, highest) = (Math.Min(lowest, answers.Of(row)[number]), Math.Max(highest, answers.Of(row)[number]));
        }

        return (lowest, highest);
    }
}
