namespace Lifecycle.Statistics.Significance;

/// <summary>
/// McNemar's test of two classifiers on the same rows, with continuity correction (Edwards 1948): whether the rows that only
/// one gets right fall to both alike. What both get right, or both wrong, says nothing.
/// </summary>
public static class McNemarTest
{
    /// <summary>The statistic and its p-value; nothing to tell apart gives 0 and 1.</summary>
    /// <param name="onlyFirst">Rows that only the first gets right.</param>
    /// <param name="onlySecond">Rows that only the second gets right.</param>
    public static SignificanceTest Of(long onlyFirst, long onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        if (onlyFirst + onlySecond == 0)
        {
            return new SignificanceTest(0, 1);
        }

        double difference = Math.Max(0, Math.Abs(onlyFirst - onlySecond) - 1);
        double statistic = difference * difference / (onlyFirst + onlySecond);
        return new SignificanceTest(statistic, ChiSquaredTest.Tail(statistic, degreesOfFreedom: 1));
    }
}
