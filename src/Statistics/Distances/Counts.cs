namespace Lifecycle.Statistics.Distances;

/// <summary>Checks counts over the same bins or categories, and adds them up.</summary>
internal static class Counts
{
    public static (long Expected, long Actual) Totals(ReadOnlySpan<long> expected, ReadOnlySpan<long> actual)
    {
        if (expected.Length != actual.Length)
        {
            throw new ArgumentException(
                $"expected has {expected.Length} bins and actual {actual.Length}; count both over the same bins", nameof(actual));
        }

        return (Total(expected, nameof(expected)), Total(actual, nameof(actual)));
    }

    private static long Total(ReadOnlySpan<long> counts, string side)
    {
        long total = 0;
        for (int bin = 0; bin < counts.Length; bin++)
        {
            if (counts[bin] < 0)
            {
                throw new ArgumentException($"{side} bin {bin} holds {counts[bin]} rows; a count is zero or more", side);
            }

            total += counts[bin];
        }

        return total > 0 ? total : throw new ArgumentException($"{side} has no rows; a share needs at least one", side);
    }
}
