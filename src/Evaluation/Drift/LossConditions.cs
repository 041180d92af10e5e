using System.Globalization;
using Lifecycle.Domain.Drift;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Evaluation.Drift;

/// <summary>Makes a LossChange of what was measured, Inconclusive for the first condition that does not hold.</summary>
internal static class LossConditions
{
    /// <summary>Fewest clusters of a class behind an interval; fewer, and the bootstrap's bounds are too narrow.</summary>
    public const int MinimumClustersPerClass = 30;

    /// <summary>Holds where there are enough rows.</summary>
    public static string? EnoughRows(long rows, DriftPolicy policy, string what) => rows >= policy.MinimumRows
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{rows:N0} {what} are fewer than the {policy.MinimumRows:N0} that it needs");

    /// <summary>Holds where both sides have the same strata, and enough clusters of each.</summary>
    public static string? SameClasses(LossReplicates baseline, LossReplicates window)
    {
        bool isSame = baseline.Clusters.Length == 1 || baseline.Clusters.Zip(window.Clusters).All(stratum => (stratum.First > 0) == (stratum.Second > 0));
        return isSame
            ? EnoughClusters(baseline, "Holdout") ?? EnoughClusters(window, "window")
            : "the window’s labels are not of the same classes as the Holdout’s, so the balanced losses do not compare";
    }

    /// <summary>Holds where each stratum that is there has enough clusters.</summary>
    public static string? EnoughClusters(LossReplicates side, string name)
    {
        int fewest = side.Clusters.Where(count => count > 0).DefaultIfEmpty(0).Min();
        return fewest >= MinimumClustersPerClass
            ? null
            : $"{(side.Clusters.Length > 1 ? "a class has" : "there are")} {fewest} clusters in the {name}, fewer than the {MinimumClustersPerClass} that an interval needs";
    }

    /// <summary>Holds where the window lies where the baseline has rows too, as far as weights tell.</summary>
    public static string? OnSupport(ImportanceWeights? weights) =>
        weights is { OffSupportShare: > ImportanceWeights.MaximumOffSupportShare } ? weights.OffSupport : null;

    /// <summary>The change from ratios of losses, one for each bootstrap sample; NaN where a sample has none.</summary>
    /// <param name="baseline">The Holdout's loss.</param>
    /// <param name="window">The window's loss.</param>
    /// <param name="ratios">Window over Holdout, by sample.</param>
    /// <param name="rows">Rows it was measured on.</param>
    /// <param name="inconclusive">The first condition that does not hold; null when all do.</param>
    public static LossChange Change(double baseline, double window, IEnumerable<double> ratios, long rows, string? inconclusive)
    {
        double[] finite = [.. ratios.Where(double.IsFinite)];
        double ratio = window / baseline;
        if (finite.Length == 0 || !double.IsFinite(ratio))
        {
            return Unknown(double.IsFinite(baseline) ? baseline : 0, rows, inconclusive ?? "the Holdout’s loss is zero, and nothing can be said in relation to it");
        }

        PercentileInterval interval = PercentileInterval.Of(finite);
        return new LossChange
        {
            Baseline = baseline,
            Window = window,
            Change = ratio - 1,
            Lower = interval.Lower - 1,
            Upper = interval.Upper - 1,
            RowCount = rows,
            Inconclusive = inconclusive,
        };
    }

    /// <summary>A change of which no number is known.</summary>
    public static LossChange Unknown(double baseline, long rows, string inconclusive) => new()
    {
        Baseline = baseline,
        Window = 0,
        Change = 0,
        Lower = 0,
        Upper = 0,
        RowCount = rows,
        Inconclusive = inconclusive,
    };
}
