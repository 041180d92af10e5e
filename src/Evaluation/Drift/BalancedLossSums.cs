using System.Collections.Immutable;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Evaluation.Drift;

/// <summary>A balanced log loss, and the same in bootstrap samples.</summary>
/// <param name="Loss">As measured; NaN without rows.</param>
/// <param name="Samples">In each sample; NaN where the sample drew no row of a class that the rows have.</param>
/// <param name="PositiveClusters">Clusters with a row of class 1.</param>
/// <param name="NegativeClusters">Clusters with a row of class 0.</param>
internal sealed record LossReplicates(double Loss, ImmutableArray<double> Samples, int PositiveClusters, int NegativeClusters);

/// <summary>
/// Sums behind the balanced log losses of several groups of rows, by cluster. Groups may overlap or hold the same rows with
/// other weights; they see the same bootstrap samples, so that their losses can be compared pairwise.
/// </summary>
/// <param name="clusters">Number of clusters.</param>
/// <param name="groups">Number of groups.</param>
internal sealed class BalancedLossSums(int clusters, int groups)
{
    // For each group: weight of class 1, of class 0, and the weighted losses of either.
    private const int Columns = 4;

    private readonly ClusterSums sums = new(clusters, groups * Columns);

    public void Add(int cluster, int group, bool label, double weight, double loss)
    {
        Span<double> columns = sums.Row(cluster).Slice(group * Columns, Columns);
        columns[label ? 0 : 1] += weight;
        columns[label ? 2 : 3] += weight * loss;
    }

    /// <summary>The losses, by group.</summary>
    public ImmutableArray<LossReplicates> Resample(int samples, int seed)
    {
        double[] measured = sums.Total();
        BootstrapTotals totals = ClusterBootstrap.Resample(sums, samples, seed);
        return [.. Enumerable.Range(0, sums.Columns / Columns).Select(group => Replicates(group, measured, totals))];
    }

    private LossReplicates Replicates(int group, double[] measured, BootstrapTotals totals)
    {
        ReadOnlySpan<double> whole = measured.AsSpan(group * Columns, Columns);
        ImmutableArray<double>.Builder samples = ImmutableArray.CreateBuilder<double>(totals.Samples);
        for (int sample = 0; sample < totals.Samples; sample++)
        {
            ReadOnlySpan<double> drawn = totals.Sample(sample).Slice(group * Columns, Columns);
            bool hasEveryClass = (drawn[0] > 0 || whole[0] == 0) && (drawn[1] > 0 || whole[1] == 0);
            samples.Add(hasEveryClass ? LossOf(drawn) : double.NaN);
        }

        (int positive, int negative) = CountClusters(group);
        return new LossReplicates(LossOf(whole), samples.MoveToImmutable(), positive, negative);
    }

    private static double LossOf(ReadOnlySpan<double> columns) =>
        LogLoss.BalancedMean(columns[2], columns[0], columns[3], columns[1]);

    private (int Positive, int Negative) CountClusters(int group)
    {
        int positive = 0;
        int negative = 0;
        for (int cluster = 0; cluster < sums.Clusters; cluster++)
        {
            ReadOnlySpan<double> columns = sums.Row(cluster).Slice(group * Columns, Columns);
            positive += columns[0] > 0 ? 1 : 0;
            negative += columns[1] > 0 ? 1 : 0;
        }

        return (positive, negative);
    }
}
