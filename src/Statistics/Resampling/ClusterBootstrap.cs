using System.Numerics;
using System.Runtime.InteropServices;

namespace Lifecycle.Statistics.Resampling;

/// <summary>
/// Bootstrap that draws whole clusters with replacement (Davison and Hinkley, <i>Bootstrap methods and their
/// application</i>, 1997, §3.8), each cluster a Poisson(1) number of times. Comparing two models on columns of the same
/// <see cref="ClusterSums"/> makes it paired: both see the same samples.
/// </summary>
/// <remarks>
/// Count of cluster <c>c</c> in sample <c>b</c> is draw <c>c</c> of stream <c>b</c> of the seed's <see cref="SplitMix64"/>,
/// and sums run in the order of clusters without fused operations: the same sums and seed give the same bits on every machine,
/// and samples do not depend on each other, so that processors share them.
/// The number of rows of a class varies from sample to sample, so divide by the sample's own weight.
/// </remarks>
public static class ClusterBootstrap
{
    // A tile of clusters stays in the processor's cache while every sample passes over it.
    private const int ClustersPerTile = 256;

    /// <summary>The sums over clusters of each bootstrap sample.</summary>
    /// <param name="sums">The data.</param>
    /// <param name="samples">Number of bootstrap samples.</param>
    /// <param name="seed">Seed of the draws.</param>
    public static BootstrapTotals Resample(ClusterSums sums, int samples, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        BootstrapTotals totals = new(samples, sums.Columns);
        SplitMix64 root = new((ulong)seed);
        int blocks = Math.Min(samples, Environment.ProcessorCount);
        Parallel.For(0, blocks, block =>
        {
            int from = (int)((long)samples * block / blocks);
            int to = (int)((long)samples * (block + 1) / blocks);
            for (int start = 0; start < sums.Clusters; start += ClustersPerTile)
            {
                int end = Math.Min(start + ClustersPerTile, sums.Clusters);
                for (int sample = from; sample < to; sample++)
                {
                    AddTile(sums, start, end, root.Split((ulong)sample), totals.PaddedSample(sample));
                }
            }
        });
        return totals;
    }

    private static void AddTile(ClusterSums sums, int start, int end, SplitMix64 draws, Span<double> total)
    {
        Span<Vector<double>> accumulated = MemoryMarshal.Cast<double, Vector<double>>(total);
        for (int cluster = start; cluster < end; cluster++)
        {
            Vector<double> count = new(PoissonCount.Of(draws.At((ulong)cluster)));
            ReadOnlySpan<Vector<double>> row = MemoryMarshal.Cast<double, Vector<double>>(sums.PaddedRow(cluster));
            for (int i = 0; i < row.Length && i < accumulated.Length; i++)
            {
                accumulated[i] += count * row[i];
            }
        }
    }
}
