namespace Lifecycle.Evaluation.Metrics;

/// <summary>A weighted mean of rows that come in clusters, with a 95% interval.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">The cluster-robust standard error, √(Σ(Σw(v−m))²·C/(C−1)) / Σw; infinite with one cluster.</param>
internal readonly record struct ClusterRobustMean(double Mean, double StandardError)
{
    public const double NormalQuantile975 = 1.959963984540054;

    public double Lower => Mean - (NormalQuantile975 * StandardError);

    public double Upper => Mean + (NormalQuantile975 * StandardError);

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
        return new ClusterRobustMean(mean, count < 2 ? double.PositiveInfinity : Math.Sqrt(squares * count / (count - 1.0)) / weight);
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
