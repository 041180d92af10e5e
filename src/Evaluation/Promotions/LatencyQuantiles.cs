namespace Lifecycle.Evaluation.Promotions;

/// <summary>
/// Quantiles of sorted latencies with bounds from order statistics: the ranks n·q ± z·√(n·q·(1−q)), whatever the distribution
/// is. A rank outside the sample gives the bound that says nothing: zero below, the largest finite number above.
/// </summary>
internal static class LatencyQuantiles
{
    /// <summary>The quantile.</summary>
    public static double Of(double[] sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * share) - 1, 0, sorted.Length - 1)];

    /// <summary>A lower bound of the quantile.</summary>
    public static double LowerBound(double[] sorted, double share, double quantile)
    {
        int rank = (int)Math.Floor((sorted.Length * share) - Spread(sorted, share, quantile));
        return rank < 1 ? 0 : sorted[rank - 1];
    }

    /// <summary>An upper bound of the quantile.</summary>
    public static double UpperBound(double[] sorted, double share, double quantile)
    {
        int rank = (int)Math.Ceiling((sorted.Length * share) + Spread(sorted, share, quantile)) + 1;
        return rank > sorted.Length ? double.MaxValue : sorted[rank - 1];
    }

    private static double Spread(double[] sorted, double share, double quantile) =>
        quantile * Math.Sqrt(sorted.Length * share * (1 - share));
}
