using Lifecycle.Evaluation.Rows;
using Lifecycle.Statistics.Significance;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>Calibration of the probability of one class, over bins of equal weight. The slice needs rows of the class and others.</summary>
internal static class Calibration
{
    /// <summary>Expected calibration error: mean distance of predicted and observed, by weight (Naeini et al. 2015).</summary>
    public static double ErrorOf(ObservedCalibration seen) =>
        seen.Bins.Sum(bin => bin.Share * Math.Abs(bin.Predicted - bin.Observed));

    /// <summary>What was seen of the class.</summary>
    /// <param name="scored">The rows.</param>
    /// <param name="groups">Those that tie.</param>
    /// <param name="name">The class; null where there are two.</param>
    public static ObservedCalibration Of(ScoredRows scored, IReadOnlyList<TieGroup> groups, string? name)
    {
        double[] scratch = new double[scored.ClusterCount];
        ObservedBin total = BinOf(scored, .., scratch);
        return new(
            name,
            total,
            [.. EqualMass.Of([.. groups.Select(group => (group.End, group.Weight))], scored.Weight).Select(bin => BinOf(scored, bin, scratch))],
            Math.Sqrt(total.Observed * (1 - total.Observed)));
    }

    // The scratch has a zero for each cluster, before and after.
    private static ObservedBin BinOf(ScoredRows scored, Range bin, double[] scratch)
    {
        ReadOnlySpan<ScoredRow> rows = scored.Rows.AsSpan()[bin];
        double weight = 0;
        double predicted = 0;
        double observed = 0;
        foreach (ScoredRow row in rows)
        {
            weight += row.Weight;
            predicted += row.Weight * row.Corrected;
            observed += row.Label ? row.Weight : 0;
            scratch[row.Cluster] += row.Weight;
        }

        // Kish's effective sample size, with a cluster as the unit: rows that hang together are one observation.
        double squares = 0;
        foreach (ScoredRow row in rows)
        {
            squares += scratch[row.Cluster] * scratch[row.Cluster];
            scratch[row.Cluster] = 0;
        }

        double effectiveRows = weight * weight / squares;
        double share = observed / weight;
        return new ObservedBin(rows.Length, weight / scored.Weight, predicted / weight, share, tail => ShareInterval.Of(share, effectiveRows, tail));
    }
}
