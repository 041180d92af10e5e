using System.Numerics;

namespace Lifecycle.Statistics.Resampling;

/// <summary>
/// One row of sums for each cluster of rows that belong together, all a bootstrap needs to know of the data: any
/// statistic that is a function of sums over rows is the same function of sums over clusters.
/// </summary>
public sealed class ClusterSums
{
    private readonly double[] values;
    private readonly int stride;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="clusters">Number of clusters.</param>
    /// <param name="columns">Number of sums in a row.</param>
    public ClusterSums(int clusters, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Clusters = clusters;
        Columns = columns;
        stride = StrideOf(columns);
        values = new double[(long)clusters * stride];
    }

    /// <summary>Number of clusters.</summary>
    public int Clusters { get; }

    /// <summary>Number of sums in a row.</summary>
    public int Columns { get; }

    /// <summary>The sums of one cluster, to be added to.</summary>
    public Span<double> Row(int cluster) => values.AsSpan(cluster * stride, Columns);

    /// <summary>The sums over all clusters: the data as it is.</summary>
    public double[] Total()
    {
        double[] total = new double[Columns];
        for (int cluster = 0; cluster < Clusters; cluster++)
        {
            ReadOnlySpan<double> row = Row(cluster);
            for (int column = 0; column < total.Length; column++)
            {
                total[column] += row[column];
            }
        }

        return total;
    }

    /// <summary>Row length in memory: whole vectors, so that the inner loop has no remainder.</summary>
    internal static int StrideOf(int columns) => (columns + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>A row with its padding.</summary>
    internal ReadOnlySpan<double> PaddedRow(int cluster) => values.AsSpan(cluster * stride, stride);
}
