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
    /// <exception cref="ArgumentException">A sample is empty.</exception>
    public static SignificanceTest Of(ReadOnlySpan<double> first, ReadOnlySpan<double> second) =>
        Of(EmpiricalDistribution.Of(first), EmpiricalDistribution.Of(second));

    /// <summary>The same of samples that are sorted already. Infinities count as the outermost values, NaN as one value behind them.</summary>
    /// <exception cref="ArgumentException">A sample is empty.</exception>
    public static SignificanceTest Of(EmpiricalDistribution first, EmpiricalDistribution second)
    {
        (int n, int m) = (first.Count, second.Count);
        if (n == 0 || m == 0)
        {
            throw new ArgumentException($"the samples have {n} and {m} values; a test needs at least one of each");
        }

        (double gap, bool hasTies) = Gap(first, second);
        bool isExact = !hasTies && Math.Max(n, m) <= LargestExactSize;
        return new SignificanceTest(gap, isExact ? ExactPValue(gap, n, m) : AsymptoticPValue(gap, n, m));
    }

    /// <summary>
    /// Chance of a gap at least this large, over all orders of the two samples (Hodges 1957). An order is a lattice path to
    /// (n, m), whose last step is i times as likely along the first sample as j along the second. Summed over the paths that
    /// leave the band, so that small chances keep their digits. Conservative with ties. Time grows with n · m · gap.
    /// </summary>
    public static double ExactPValue(double gap, int n, int m)
    {
        // Half a step below the gap: comparisons with lattice points then never hang on a rounding error.
        double bound = (0.5 + Math.Floor((gap * n * m) - 1e-7)) / ((double)n * m);
        double[] leaves = new double[m + 1];
        for (int j = 0; j <= m; j++)
        {
            leaves[j] = (double)j / m > bound ? 1 : 0;
        }

        for (int i = 1; i <= n; i++)
        {
            leaves[0] = (double)i / n > bound ? 1 : leaves[0];

            // Off the band every cell is 1: only its width is walked, and one cell more to mark what it has left.
            int from = Math.Max(1, (int)(((((double)i - 1) / n) - bound) * m) - 1);
            int to = Math.Min(m, (int)((((double)i / n) + bound) * m) + 1);
            for (int j = from; j <= to; j++)
            {
                bool isOff = Math.Abs(((double)i / n) - ((double)j / m)) > bound;
                leaves[j] = isOff ? 1 : ((i * leaves[j]) + (j * leaves[j - 1])) / (i + j);
            }
        }

        return Math.Clamp(leaves[m], 0, 1);
    }

    /// <summary>The one-sample distribution at the effective size <c>n · m / (n + m)</c>, rounded.</summary>
    public static double AsymptoticPValue(double gap, int n, int m) =>
        KolmogorovDistribution.Tail(gap, Math.Max(1, (int)Math.Round((double)n * m / (n + m))));

    private static (double Gap, bool HasTies) Gap(EmpiricalDistribution first, EmpiricalDistribution second)
    {
        ReadOnlySpan<double> x = first.Values;
        ReadOnlySpan<double> y = second.Values;
        ReadOnlySpan<int> below = first.Steps;
        ReadOnlySpan<int> otherBelow = second.Steps;
        (int i, int j, int distinct) = (0, 0, 0);
        double gap = Math.Abs(Share(first, 0) - Share(second, 0));
        while (i < x.Length || j < y.Length)
        {
            bool isFirst = j == y.Length || (i < x.Length && x[i] <= y[j]);
            bool isSecond = i == x.Length || (j < y.Length && y[j] <= x[i]);
            i += isFirst ? 1 : 0;
            j += isSecond ? 1 : 0;
            distinct++;
            gap = Math.Max(gap, Math.Abs(Share(first, i == 0 ? 0 : below[i - 1] - first.Skipped) - Share(second, j == 0 ? 0 : otherBelow[j - 1] - second.Skipped)));
        }

        gap = Math.Max(gap, Math.Abs(((double)first.NotANumberCount / first.Count) - ((double)second.NotANumberCount / second.Count)));
        int atoms = AtMostOne(first.NegativeInfinityCount, second.NegativeInfinityCount)
            + AtMostOne(first.PositiveInfinityCount, second.PositiveInfinityCount)
            + AtMostOne(first.NotANumberCount, second.NotANumberCount);
        return (gap, distinct + atoms < first.Count + second.Count);
    }

    private static double Share(EmpiricalDistribution sample, int finite) => (double)(sample.NegativeInfinityCount + finite) / sample.Count;

    private static int AtMostOne(int first, int second) => Math.Min(1, first + second);
}
