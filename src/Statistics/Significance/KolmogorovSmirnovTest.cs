using Lifecycle.Statistics.Distances;

namespace Lifecycle.Statistics.Significance;

/// <summary>
/// Two-sample Kolmogorov–Smirnov test: whether two samples of numbers come from one continuous distribution, by the
/// largest gap between their empirical distribution functions.
/// </summary>
public static class KolmogorovSmirnovTest
{
    private const int LargestExactSize = 10_000;

    /// <summary>The gap and its p-value: exact without ties up to 10,000 values a side, else asymptotic.</summary>
    /// <exception cref="ArgumentException">A sample is empty, or holds NaN or an infinity.</exception>
    public static SignificanceTest Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        Samples samples = new(first, second);
        (int n, int m) = samples.Sizes;
        int distinct = 0;
        double gap = 0;
        foreach ((_, int i, int j) in samples.Steps())
        {
            distinct++;
            gap = Math.Max(gap, Math.Abs(((double)i / n) - ((double)j / m)));
        }

        bool isExact = distinct == n + m && Math.Max(n, m) <= LargestExactSize;
        return new SignificanceTest(gap, isExact ? ExactPValue(gap, n, m) : AsymptoticPValue(gap, n, m));
    }

    /// <summary>
    /// Chance of a gap at least this large, by counting lattice paths (Hodges 1957; the recursion of R's <c>psmirnov</c>).
    /// Conservative with ties. Time grows with n · m.
    /// </summary>
    public static double ExactPValue(double gap, int n, int m)
    {
        // Half a step below the gap: comparisons with lattice points then never hang on a rounding error.
        double bound = (0.5 + Math.Floor((gap * n * m) - 1e-7)) / ((double)n * m);
        double[] below = new double[m + 1];
        for (int j = 0; j <= m; j++)
        {
            below[j] = (double)j / m > bound ? 0 : 1;
        }

        for (int i = 1; i <= n; i++)
        {
            double weight = (double)i / (i + m);
            below[0] = (double)i / n > bound ? 0 : weight * below[0];
            for (int j = 1; j <= m; j++)
            {
                below[j] = Math.Abs(((double)i / n) - ((double)j / m)) > bound ? 0 : (weight * below[j]) + below[j - 1];
            }
        }

        return Math.Clamp(1 - below[m], 0, 1);
    }

    /// <summary>The one-sample distribution at the effective size <c>n · m / (n + m)</c>, rounded.</summary>
    public static double AsymptoticPValue(double gap, int n, int m) =>
        KolmogorovDistribution.Tail(gap, Math.Max(1, (int)Math.Round((double)n * m / (n + m))));
}
