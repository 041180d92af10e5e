using Lifecycle.Statistics.Significance;

namespace Lifecycle.Evaluation.Promotions;

/// <summary>
/// A mean over rows that come in clusters, with the standard error that holds when the rows of a cluster are alike: the
/// linearised cluster-robust one, √(Σ(S_c − n_c·m̄)²·C/(C−1)) / n, to which the cluster bootstrap of the mean converges. Closed
/// form, because the levels of a watch are far in the tail, where replicates do not reach.
/// </summary>
/// <param name="Mean">The mean; NaN without rows.</param>
/// <param name="StandardError">Its standard error; infinite with fewer than two clusters.</param>
/// <param name="Clusters">Clusters.</param>
internal readonly record struct ClusteredMean(double Mean, double StandardError, long Clusters)
{
    /// <summary>The mean of values, clustered by a key.</summary>
    public static ClusteredMean Of(IEnumerable<(string Cluster, double Value)> rows)
    {
        Dictionary<string, (double Sum, long Count)> clusters = new(StringComparer.Ordinal);
        long count = 0;
        double total = 0;
        foreach ((string cluster, double value) in rows)
        {
            (double sum, long size) = clusters.GetValueOrDefault(cluster);
            clusters[cluster] = (sum + value, size + 1);
            total += value;
            count++;
        }

        double mean = total / count;
        double squares = clusters.Values.Sum(cluster => Math.Pow(cluster.Sum - (cluster.Count * mean), 2));
        double error = clusters.Count < 2
            ? double.PositiveInfinity
            : Math.Sqrt(squares * clusters.Count / (clusters.Count - 1.0)) / count;
        return new ClusteredMean(mean, error, clusters.Count);
    }

    /// <summary>Of fewer clusters the standard error itself is not known well enough for any bound.</summary>
    public const long MinimumClusters = 30;

    /// <summary>
    /// What the mean is at least, by Student's t with one degree of freedom less than there are clusters. With fewer than
    /// <see cref="MinimumClusters"/> it is far below anything that matters, and finite for JSON.
    /// </summary>
    public double LowerBound(double level) => Clusters >= MinimumClusters
        ? Mean - (StudentQuantile.Above(level, Clusters - 1) * StandardError)
        : -double.MaxValue;
}
