namespace Lifecycle.Statistics.Resampling;

/// <summary>Two-sided interval between quantiles of bootstrap replicates (Efron's percentile interval).</summary>
/// <param name="Lower">Lower bound.</param>
/// <param name="Upper">Upper bound.</param>
public readonly record struct PercentileInterval(double Lower, double Upper)
{
    /// <summary>
    /// The interval that leaves half of <c>1 − level</c> on either side; quantiles are interpolated linearly (type 7 of
    /// Hyndman and Fan 1996).
    /// </summary>
    /// <param name="replicates">The statistic in each bootstrap sample, in any order; sorted in place.</param>
    /// <param name="level">Confidence level, such as 0.95.</param>
    /// <exception cref="ArgumentException">There are no replicates, or one is NaN.</exception>
    public static PercentileInterval Of(Span<double> replicates, double level = 0.95)
    {
        if (replicates.IsEmpty)
        {
            throw new ArgumentException("there are no replicates; an interval needs at least one", nameof(replicates));
        }

        replicates.Sort();
        if (double.IsNaN(replicates[0]))
        {
            throw new ArgumentException("a replicate is NaN; leave out samples in which the statistic is undefined", nameof(replicates));
        }

        double tail = (1 - level) / 2;
        return new PercentileInterval(Quantile(replicates, tail), Quantile(replicates, 1 - tail));
    }

    private static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
