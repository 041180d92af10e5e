using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>Calibration of the probability of one class, over bins of equal weight. The slice needs rows of the class and others.</summary>
internal static class Calibration
{
    /// <summary>The bins, in increasing order of prediction.</summary>
    public static ImmutableArray<CalibrationBin> BinsOf(ScoredRows scored, IReadOnlyList<TieGroup> groups) =>
        [.. EqualMass.Of([.. groups.Select(group => (group.End, group.Weight))], scored.Weight).Select(bin => BinOf(scored, bin.Start.Value, bin.End.Value))];

    /// <summary>Expected calibration error: mean distance of predicted and observed, by weight (Naeini et al. 2015).</summary>
    public static double ErrorOf(ImmutableArray<CalibrationBin> bins) =>
        bins.Sum(bin => bin.Share * Math.Abs(bin.Predicted - bin.Observed));

    /// <summary>The evidence for the gate.</summary>
    public static CalibrationEvidence EvidenceOf(ScoredRows scored, ImmutableArray<CalibrationBin> bins, string? name)
    {
        CalibrationBin total = BinOf(scored, 0, scored.Rows.Length);
        return new() { Class = name, Total = total, Bins = bins, LabelDeviation = Math.Sqrt(total.Observed * (1 - total.Observed)) };
    }

    private static CalibrationBin BinOf(ScoredRows scored, int start, int end)
    {
        double weight = 0;
        double predicted = 0;
        double observed = 0;
        Dictionary<int, double> clusters = [];
        for (int i = start; i < end; i++)
        {
            ScoredRow row = scored.Rows[i];
            weight += row.Weight;
            predicted += row.Weight * row.Corrected;
            observed += row.Label ? row.Weight : 0;
            clusters[row.Cluster] = clusters.GetValueOrDefault(row.Cluster) + row.Weight;
        }

        // Kish's effective sample size, with a cluster as the unit: rows that hang together are one observation.
        double effectiveRows = weight * weight / clusters.Values.Sum(cluster => cluster * cluster);
        (double lower, double upper) = Wilson(observed / weight, effectiveRows);
        return new CalibrationBin(end - start, weight / scored.Weight, predicted / weight, observed / weight, lower, upper);
    }

    /// <summary>Wilson's score interval for a share (Wilson 1927), at 95%.</summary>
    private static (double Lower, double Upper) Wilson(double share, double rows)
    {
        const double Z2 = ClusterRobustMean.NormalQuantile975 * ClusterRobustMean.NormalQuantile975;
        double centre = (share + (Z2 / (2 * rows))) / (1 + (Z2 / rows));
        double half = ClusterRobustMean.NormalQuantile975 / (1 + (Z2 / rows)) * Math.Sqrt((share * (1 - share) / rows) + (Z2 / (4 * rows * rows)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
