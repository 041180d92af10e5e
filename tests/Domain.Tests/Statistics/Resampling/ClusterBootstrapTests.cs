using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Domain.Tests.Statistics.Resampling;

public sealed class ClusterBootstrapTests
{
    private const int Value = 0;
    private const int Weight = 1;

    [Fact]
    public void Resample_MeanOfIndependentRows_HasTheTextbookStandardError()
    {
        ClusterSums sums = Rows(clusters: 2000, rowsPerCluster: 1);

        double[] means = Means(ClusterBootstrap.Resample(sums, 2000, seed: 1));

        // A uniform value has standard deviation √(1/12).
        Assert.Equal(Math.Sqrt(1.0 / 12 / 2000), StandardDeviation(means), 3e-4);
        Assert.Equal(sums.Total()[Value] / 2000, means.Average(), 1e-3);
    }

    [Fact]
    public void Resample_RowsThatRepeatWithinClusters_CountAsOneEach()
    {
        double independent = StandardDeviation(Means(ClusterBootstrap.Resample(Rows(400, 1), 2000, seed: 1)));
        double repeated = StandardDeviation(Means(ClusterBootstrap.Resample(Rows(400, 25), 2000, seed: 1)));

        Assert.Equal(independent, repeated, 12);
    }

    [Fact]
    public void Resample_SameSeed_GivesTheSameBits()
    {
        ClusterSums sums = Rows(700, 1);

        Assert.Equal(Means(ClusterBootstrap.Resample(sums, 50, seed: 3)), Means(ClusterBootstrap.Resample(sums, 50, seed: 3)));
        Assert.NotEqual(Means(ClusterBootstrap.Resample(sums, 50, seed: 3)), Means(ClusterBootstrap.Resample(sums, 50, seed: 4)));
    }

    [Fact]
    public void Resample_KnownSeed_GivesTheRecordedCounts()
    {
        ClusterSums sums = new(clusters: 3, columns: 3);
        for (int cluster = 0; cluster < 3; cluster++)
        {
            sums.Row(cluster)[cluster] = 1;
        }

        BootstrapTotals totals = ClusterBootstrap.Resample(sums, 4, seed: 20240607);

        Assert.Equal(RecordedCounts, Enumerable.Range(0, 4).Select(sample => string.Join(' ', totals.Sample(sample).ToArray())));
    }

    [Fact]
    public void Resample_Counts_ArePoissonWithMeanOne()
    {
        ClusterSums one = new(clusters: 1, columns: 1);
        one.Row(0)[0] = 1;
        BootstrapTotals totals = ClusterBootstrap.Resample(one, 200_000, seed: 5);

        ILookup<double, double> counts = Enumerable.Range(0, totals.Samples).Select(sample => totals.Sample(sample)[0]).ToLookup(count => count);

        double factorial = 1;
        for (int k = 0; k <= 5; k++)
        {
            factorial *= Math.Max(k, 1);
            Assert.Equal(Math.Exp(-1) / factorial, counts[k].Count() / 200_000.0, 0.004);
        }

        Assert.Contains(counts, group => group.Key >= 6);
    }

    // From an independent program: SplitMix64 and exact Poisson thresholds in 60-digit decimals.
    private static string[] RecordedCounts => ["3 1 1", "0 0 1", "1 1 0", "2 0 0"];

    private static ClusterSums Rows(int clusters, int rowsPerCluster)
    {
        SplitMix64 stream = new(99);
        ClusterSums sums = new(clusters, columns: 2);
        for (int cluster = 0; cluster < clusters; cluster++)
        {
            sums.Row(cluster)[Value] = stream.UniformAt((ulong)cluster) * rowsPerCluster;
            sums.Row(cluster)[Weight] = rowsPerCluster;
        }

        return sums;
    }

    private static double[] Means(BootstrapTotals totals) =>
        [.. Enumerable.Range(0, totals.Samples).Select(sample => totals.Sample(sample)[Value] / totals.Sample(sample)[Weight])];

    private static double StandardDeviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
