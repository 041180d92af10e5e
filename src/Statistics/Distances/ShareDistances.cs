namespace Lifecycle.Statistics.Distances;

/// <summary>Distances between the shares of the same categories on two sides, given as counts.</summary>
public static class ShareDistances
{
    /// <summary>Largest difference of a category's shares (L∞, Chebyshev): how far the most changed category moved.</summary>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative, or a side has no rows.</exception>
    public static double Largest(ReadOnlySpan<long> expected, ReadOnlySpan<long> actual)
    {
        (double expectedRows, double actualRows) = Counts.Totals(expected, actual);
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs((expected[i] / expectedRows) - (actual[i] / actualRows)));
        }

        return largest;
    }

    /// <summary>
    /// Jensen–Shannon distance: the root of the mean divergence of both sides from their middle (Endres and Schindelin 2003).
    /// A metric, finite where a category is empty; with base 2 between 0 and 1.
    /// </summary>
    /// <param name="expected">Counts of one side.</param>
    /// <param name="actual">Counts of the other.</param>
    /// <param name="logarithmBase">Base of the logarithm: 2 for bits (the default), <see cref="Math.E"/> for nats.</param>
    /// <exception cref="ArgumentException">The lengths differ, a count is negative, or a side has no rows.</exception>
    public static double JensenShannon(ReadOnlySpan<long> expected, ReadOnlySpan<long> actual, double logarithmBase = 2)
    {
        (double expectedRows, double actualRows) = Counts.Totals(expected, actual);
        double divergence = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double p = expected[i] / expectedRows;
            double q = actual[i] / actualRows;
            double middle = (p + q) / 2;
            divergence += (Term(p, middle) + Term(q, middle)) / 2;
        }

        return Math.Sqrt(Math.Max(0, divergence) / Math.Log(logarithmBase));
    }

    private static double Term(double share, double middle) => share == 0 ? 0 : share * Math.Log(share / middle);
}
