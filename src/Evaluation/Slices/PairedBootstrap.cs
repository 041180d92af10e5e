using System.Collections.Immutable;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Evaluation.Slices;

/// <summary>A difference of balanced log losses on one slice, with its interval.</summary>
/// <param name="Slice">Name of the slice.</param>
/// <param name="Difference">Challenger minus the other.</param>
/// <param name="Interval">Two-sided 95% interval.</param>
/// <param name="PositiveClusters">Clusters with a row of label 1.</param>
/// <param name="NegativeClusters">Clusters with a row of label 0.</param>
internal sealed record PairedDifference(string Slice, double Difference, PercentileInterval Interval, int PositiveClusters, int NegativeClusters);

/// <summary>
/// Cluster bootstrap of the difference in balanced log loss between the Challenger and other models, for all slices at
/// once: every slice and every model sees the same samples. A sample that drew no row of a class which the slice has is
/// left out, since its balanced loss is undefined; with tens of clusters there is none.
/// </summary>
/// <remarks>
/// The columns of <see cref="ClusterSums"/> are, for each slice: weight of the positives, weight of the negatives, and for each
/// other model the weighted loss difference of the positives and of the negatives.
/// </remarks>
internal sealed class PairedBootstrap
{
    private readonly HoldoutSlices holdout;
    private readonly ClusterSums sums;
    private readonly int columnsPerSlice;

    /// <param name="holdout">The rows.</param>
    /// <param name="challenger">The Challenger's probabilities.</param>
    /// <param name="others">Probabilities of the models to compare with.</param>
    public PairedBootstrap(HoldoutSlices holdout, ImmutableArray<float> challenger, ImmutableArray<ImmutableArray<float>> others)
    {
        this.holdout = holdout;
        columnsPerSlice = 2 + (2 * others.Length);
        sums = new ClusterSums(holdout.ClusterCount, columnsPerSlice * holdout.Slices.Length);
        for (int row = 0; row < holdout.RowCount; row++)
        {
            Add(row, challenger[row], others);
        }
    }

    /// <summary>The differences from each other model, by slice.</summary>
    public ImmutableArray<ImmutableArray<PairedDifference>> Compare(int samples, int seed)
    {
        BootstrapTotals resampled = ClusterBootstrap.Resample(sums, samples, seed);
        double[] measured = sums.Total();
        int others = (columnsPerSlice / 2) - 1;
        return
        [
            .. Enumerable.Range(0, others).Select(other => Enumerable.Range(0, holdout.Slices.Length)
                .Select(slice => Difference(slice, other, measured, resampled)).ToImmutableArray()),
        ];
    }

    private void Add(int row, float challenger, ImmutableArray<ImmutableArray<float>> others)
    {
        bool label = holdout.Labels[row];
        double weight = holdout.Weights[row];
        double loss = LogLoss.Of(challenger, label);
        int column = label ? 0 : 1;
        Span<double> cluster = sums.Row(holdout.Clusters[row]);
        for (int slice = 0; slice < holdout.Slices.Length; slice++)
        {
            if (holdout.Slices[slice].Members[row])
            {
                Span<double> columns = cluster.Slice(slice * columnsPerSlice, columnsPerSlice);
                columns[column] += weight;
                for (int other = 0; other < others.Length; other++)
                {
                    columns[2 + (2 * other) + column] += weight * (loss - LogLoss.Of(others[other][row], label));
                }
            }
        }
    }

    private PairedDifference Difference(int slice, int other, double[] measured, BootstrapTotals resampled)
    {
        ReadOnlySpan<double> whole = SliceColumns(measured, slice);
        List<double> replicates = new(resampled.Samples);
        for (int sample = 0; sample < resampled.Samples; sample++)
        {
            ReadOnlySpan<double> drawn = SliceColumns(resampled.Sample(sample), slice);
            bool hasEveryClass = (drawn[0] > 0 || whole[0] == 0) && (drawn[1] > 0 || whole[1] == 0);
            if (hasEveryClass)
            {
                replicates.Add(Difference(drawn, other));
            }
        }

        (int positive, int negative) = CountClusters(slice);
        return new PairedDifference(
            holdout.Slices[slice].Name, Difference(whole, other), PercentileInterval.Of([.. replicates]), positive, negative);
    }

    private static double Difference(ReadOnlySpan<double> columns, int other) =>
        LogLoss.BalancedMean(columns[2 + (2 * other)], columns[0], columns[3 + (2 * other)], columns[1]);

    private ReadOnlySpan<double> SliceColumns(ReadOnlySpan<double> columns, int slice) =>
        columns.Slice(slice * columnsPerSlice, columnsPerSlice);

    private (int Positive, int Negative) CountClusters(int slice)
    {
        int positive = 0;
        int negative = 0;
        for (int cluster = 0; cluster < sums.Clusters; cluster++)
        {
            ReadOnlySpan<double> columns = SliceColumns(sums.Row(cluster), slice);
            positive += columns[0] > 0 ? 1 : 0;
            negative += columns[1] > 0 ? 1 : 0;
        }

        return (positive, negative);
    }
}
