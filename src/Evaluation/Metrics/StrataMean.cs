namespace Lifecycle.Evaluation.Metrics;

/// <summary>Mean of the strata's means from their sums and weights; a stratum without weight takes no part.</summary>
internal static class StrataMean
{
    public static double Of(ReadOnlySpan<double> sums, ReadOnlySpan<double> weights)
    {
        double sum = 0;
        int strata = 0;
        for (int stratum = 0; stratum < sums.Length; stratum++)
        {
            if (weights[stratum] > 0)
            {
                sum += sums[stratum] / weights[stratum];
                strata++;
            }
        }

        return sum / strata;
    }
}
