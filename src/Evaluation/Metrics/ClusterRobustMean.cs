using Lifecycle.Statistics.Significance;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>A weighted mean of rows that come in clusters.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">The cluster-robust standard error, √(Σ(Σw(v−m))²·C/(C−1)) / Σw; infinite with one cluster.</param>
/// <param name="Clusters">How many clusters.</param>
internal readonly record struct ClusterRobustMean(double Mean, double StandardError, int Clusters)
{
    /// <summary>The interval that leaves a tail on either side, by Student's t; the standard error has to be finite.</summary>
    public (double Lower, double Upper) IntervalAt(double tail)
    {
        double half = StudentQuantile.Above(tail, Clusters - 1) * StandardError;
        return (Mean - half, Mean + half);
    }

    /// <summary>The mean of values.</summary>
    /// <param name="rows">Positions of the rows.</param>
    /// <param name="values">Values by position.</param>
    /// <param name="weights">Weights by position.</param>
    /// <param name="clusters">Numbers of clusters by position.</param>
    /// <param name="scratch">One zero for each cluster; zeros again afterwards.</param>
    public static ClusterRobustMean Of(ReadOnlySpan<int> rows, double[] values, double[] weights, int[] clusters, double[] scratch)
    {
        double weight = 0;
        double sum = 0;
        foreach (int row in rows)
        {
            weight += weights[row];
            sum += weights[row] * values[row];
        }

        double mean = sum / weight;
        double squares = Squares(rows, values, weights, clusters, scratch, mean, out int count);
        return new ClusterRobustMean(mean, count < 2 ? double.PositiveInfinity : Math.Sqrt(squares * count / (count - 1.0)) / weight, count);
    }

    private static double Squares(ReadOnlySpan<int> rows, double[] values, double[] weights, int[] clusters, double[] scratch, double mean, out int count)
    {
        foreach (int row in rows)
        {
            scratch[clusters[row]] += weights[row] * (values[row] - mean);
        }

        double squares = 0;
        count = 0;
        foreach (int row in rows)
        {
            double sum = scratch[clusters[row]];
            if (!double.IsNaN(sum))
            {
                squares += sum * sum;
                count++;
                scratch[clusters[row]] = double.NaN;
            }
        }

        foreach (int row in rows)
        {
            scratch[clusters[row]] = 0;
        }

        return squares;
    }
}
