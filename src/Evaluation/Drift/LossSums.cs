using System.Collections.Immutable;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Evaluation.Drift;

/// <summary>A mean loss, and the same in bootstrap samples.</summary>
/// <param name="Loss">As measured; NaN without rows.</param>
/// <param name="Samples">In each sample; NaN where the sample drew no row of a stratum that the rows have.</param>
/// <param name="Clusters">Clusters with a row of each stratum.</param>
internal sealed record LossReplicates(double Loss, ImmutableArray<double> Samples, ImmutableArray<int> Clusters);

/// <summary>
/// Sums behind the mean losses of several groups of rows, by cluster. A balanced loss is averaged over its strata, the classes; any
/// other has one stratum. Groups may overlap or hold the same rows with other weights; they see the same bootstrap samples, so that
/// their losses can be compared pairwise.
/// </summary>
/// <param name="clusters">Number of clusters.</param>
/// <param name="groups">Number of groups.</param>
/// <param name="strata">Number of strata.</param>
internal sealed class LossSums(int clusters, int groups, int strata)
{
    // For each group: the weight of each stratum, and the weighted losses of each.
    private readonly int columns = 2 * strata;

    private readonly ClusterSums sums = new(clusters, groups * 2 * strata);

    public void Add(int cluster, int group, int stratum, double weight, double loss)
    {
        Span<double> row = sums.Row(cluster).Slice(group * columns, columns);
        row[stratum] += weight;
        row[strata + stratum] += weight * loss;
    }

    /// <summary>The losses, by group.</summary>
    public ImmutableArray<LossReplicates> Resample(int samples, int seed)
    {
        double[] measured = sums.Total();
        BootstrapTotals totals = ClusterBootstrap.Resample(sums, samples, seed);
        return [.. Enumerable.Range(0, sums.Columns / columns).Select(group => Replicates(group, measured, totals))];
    }

    private LossReplicates Replicates(int group, double[] measured, BootstrapTotals totals)
    {
        ReadOnlySpan<double> whole = measured.AsSpan(group * columns, columns);
        ImmutableArray<double>.Builder samples = ImmutableArray.CreateBuilder<double>(totals.Samples);
        for (int sample = 0; sample < totals.Samples; sample++)
        {
            ReadOnlySpan<double> drawn = totals.Sample(sample).Slice(group * columns, columns);
            samples.Add(HasEveryStratum(drawn, whole) ? LossOf(drawn) : double.NaN);
        }

        return new LossReplicates(LossOf(whole), samples.MoveToImmutable(), CountClusters(group));
    }

    private bool HasEveryStratum(ReadOnlySpan<double> drawn, ReadOnlySpan<double> whole)
    {
        for (int stratum = 0; stratum < strata; stratum++)
        {
            if (!(drawn[stratum] > 0 || whole[stratum] == 0))
            {
                return false;
            }
        }

        return true;
    }

    private double LossOf(ReadOnlySpan<double> row) => StrataMean.Of(row[strata..], row[..strata]);

    private ImmutableArray<int> CountClusters(int group)
    {
        int[] counts = new int[strata];
        for (int cluster = 0; cluster < sums.Clusters; cluster++)
        {
            ReadOnlySpan<double> row = sums.Row(cluster).Slice(group * columns, columns);
            for (int stratum = 0; stratum < strata; stratum++)
            {
                counts[stratum] += row[stratum] > 0 ? 1 : 0;
            }
        }

        return [.. counts];
    }
}
