namespace Lifecycle.Statistics.Significance;

/// <summary>
/// Whether two samples have the same share of something: the two-sided z-test with the pooled share. Its square is the χ²
/// statistic of homogeneity of the same 2 × 2 table, without Yates' correction.
/// </summary>
public static class TwoProportionsTest
{
    /// <summary>The statistic z, positive when the second share is larger, and its p-value. The same in all rows gives 0 and 1.</summary>
    /// <param name="firstHits">Rows of the first sample that have it.</param>
    /// <param name="firstRows">Rows of the first sample, at least one.</param>
    /// <param name="secondHits">Rows of the second sample that have it.</param>
    /// <param name="secondRows">Rows of the second sample, at least one.</param>
    public static SignificanceTest Of(long firstHits, long firstRows, long secondHits, long secondRows)
    {
        CheckShare(firstHits, firstRows, nameof(firstHits));
        CheckShare(secondHits, secondRows, nameof(secondHits));
        double pooled = ((double)firstHits + secondHits) / ((double)firstRows + secondRows);
        double variance = pooled * (1 - pooled) * ((1.0 / firstRows) + (1.0 / secondRows));
        if (variance <= 0)
        {
            return new SignificanceTest(0, 1);
        }

        double z = (((double)secondHits / secondRows) - ((double)firstHits / firstRows)) / Math.Sqrt(variance);
        return new SignificanceTest(z, ChiSquaredTest.Tail(z * z, degreesOfFreedom: 1));
    }

    private static void CheckShare(long hits, long rows, string side)
    {
        if (rows < 1 || hits < 0 || hits > rows)
        {
            throw new ArgumentException($"{hits} of {rows} rows is no share; expected at least one row, and no more hits than rows", side);
        }
    }
}
