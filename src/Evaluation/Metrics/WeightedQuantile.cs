using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>Quantiles of weighted values.</summary>
internal static class WeightedQuantile
{
    /// <summary>The least value with at least this share of the weight at or below it; where a value ends at just this share, the middle to the next.</summary>
    public static double Of(double[] values, ReadOnlySpan<double> weights, double level)
    {
        int[] sorted = Order.Of(values);
        double all = 0;
        foreach (double weight in weights)
        {
            all += weight;
        }

        double passed = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            passed += weights[sorted[i]];
            if (passed == level * all && i + 1 < sorted.Length)
            {
                return (values[sorted[i]] + values[sorted[i + 1]]) / 2;
            }

            if (passed > level * all)
            {
                return values[sorted[i]];
            }
        }

        return values[sorted[^1]];
    }
}
