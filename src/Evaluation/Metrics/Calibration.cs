using System.Collections.Immutable;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>
/// Calibration over bins of equal weight: fixed-width bins leave most of a skewed model's bins nearly empty and judge
/// them all the same. Rows that tie stay in one bin, so there may be fewer bins than asked for.
/// </summary>
internal static class Calibration
{
    /// <summary>Bins that a slice is cut into, at most.</summary>
    public const int Bins = 10;

    private const double NormalQuantile975 = 1.959963984540054;

    /// <summary>The bins, in increasing order of prediction. The slice needs both classes.</summary>
    /// <param name="scored">The rows.</param>
    /// <param name="groups">Their ties.</param>
    /// <param name="assumedRate">See <see cref="ScoredModel.AssumedRate"/>.</param>
    public static ImmutableArray<CalibrationBin> BinsOf(ScoredRows scored, IReadOnlyList<TieGroup> groups, double assumedRate)
    {
        ImmutableArray<CalibrationBin>.Builder bins = ImmutableArray.CreateBuilder<CalibrationBin>();
        int start = 0;
        double tenth = scored.Weight / Bins;
        double passed = 0;
        double boundary = tenth;
        foreach (TieGroup group in groups)
        {
            passed += group.Weight;
            if (passed >= boundary || group.End == scored.Rows.Length)
            {
                bins.Add(BinOf(scored, start, group.End, assumedRate));
                start = group.End;
                boundary = (Math.Floor(passed / tenth) + 1) * tenth;
            }
        }

        return bins.ToImmutable();
    }

    /// <summary>Expected calibration error: mean distance of predicted and observed, by weight (Naeini et al. 2015).</summary>
    public static double ErrorOf(ImmutableArray<CalibrationBin> bins) =>
        bins.Sum(bin => bin.Share * Math.Abs(bin.Predicted - bin.Observed));

    private static CalibrationBin BinOf(ScoredRows scored, int start, int end, double assumedRate)
    {
        double weight = 0;
        double predicted = 0;
        double observed = 0;
        Dictionary<int, double> clusters = [];
        for (int i = start; i < end; i++)
        {
            ScoredRow row = scored.Rows[i];
            weight += row.Weight;
            predicted += row.Weight * PriorCorrection.Of(row.Probability, assumedRate, scored.LabelRate);
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
        const double Z2 = NormalQuantile975 * NormalQuantile975;
        double centre = (share + (Z2 / (2 * rows))) / (1 + (Z2 / rows));
        double half = NormalQuantile975 / (1 + (Z2 / rows)) * Math.Sqrt((share * (1 - share) / rows) + (Z2 / (4 * rows * rows)));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
