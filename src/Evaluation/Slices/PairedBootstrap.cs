using System.Collections.Immutable;
using Lifecycle.Evaluation.Metrics;
using Lifecycle.Evaluation.Rows;
using Lifecycle.Statistics.Resampling;

namespace Lifecycle.Evaluation.Slices;

/// <summary>A difference of mean losses on one slice, with its interval.</summary>
/// <param name="Slice">Name of the slice.</param>
/// <param name="Difference">Challenger minus the other.</param>
/// <param name="Interval">Two-sided 95% interval.</param>
/// <param name="PValue">Share of samples without a gain, the measured one counted as one of them (Davison and Hinkley 1997): never 0.</param>
internal sealed record PairedDifference(string Slice, double Difference, PercentileInterval Interval, double PValue);

/// <summary>
/// Cluster bootstrap of the difference in mean loss between the Challenger and other models, for all slices at
/// once: every slice and every model sees the same samples. A loss that is balanced over classes is averaged over them. A sample that
/// drew no row of a class which the slice has is left out, since its loss is undefined; with tens of clusters there is none.
/// </summary>
/// <remarks>
/// The columns of <see cref="ClusterSums"/> are, for each slice: the weight of each stratum, and for each other model the weighted
/// loss difference of each stratum.
/// </remarks>
internal sealed class PairedBootstrap
{
    private readonly HoldoutSlices holdout;
    private readonly ClusterSums sums;
    private readonly int strata;
    private readonly int columnsPerSlice;

    /// <param name="holdout">The rows.</param>
    /// <param name="challenger">The Challenger's loss on each row.</param>
    /// <param name="others">Losses of the models to compare with.</param>
    public PairedBootstrap(HoldoutSlices holdout, double[] challenger, ImmutableArray<double[]> others)
    {
        this.holdout = holdout;
        strata = holdout.StratumCount;
        columnsPerSlice = strata * (1 + others.Length);
        sums = new ClusterSums(holdout.ClusterCount, columnsPerSlice * holdout.Slices.Length);
        foreach ((int slice, HoldoutSlice members) in holdout.Slices.Index())
        {
            foreach (int row in members.Rows)
            {
                Add(slice, row, challenger, others);
            }
        }
    }

    /// <summary>The differences from each other model, by slice.</summary>
    public ImmutableArray<ImmutableArray<PairedDifference>> Compare(int samples, int seed)
    {
        BootstrapTotals resampled = ClusterBootstrap.Resample(sums, samples, seed);
        double[] measured = sums.Total();
        int others = (columnsPerSlice / strata) - 1;
        return
        [
            .. Enumerable.Range(0, others).Select(other => Enumerable.Range(0, holdout.Slices.Length)
                .Select(slice => Difference(slice, other, measured, resampled)).ToImmutableArray()),
        ];
    }

    private void Add(int slice, int row, double[] challenger, ImmutableArray<double[]> others)
    {
        double weight = holdout.Weights[row];
        Span<double> columns = sums.Row(holdout.Clusters[row]).Slice((slice * columnsPerSlice) + holdout.StratumOf(row), columnsPerSlice - holdout.StratumOf(row));
        columns[0] += weight;
        for (int other = 0; other < others.Length; other++)
        {
            columns[(1 + other) * strata] += weight * (challenger[row] - others[other][row]);
        }
    }

    private PairedDifference Difference(int slice, int other, double[] measured, BootstrapTotals resampled)
    {
        ReadOnlySpan<double> whole = SliceColumns(measured, slice);
        List<double> replicates = new(resampled.Samples);
        for (int sample = 0; sample < resampled.Samples; sample++)
        {
            ReadOnlySpan<double> drawn = SliceColumns(resampled.Sample(sample), slice);
            if (HasEveryStratum(drawn, whole))
            {
                replicates.Add(Difference(drawn, other));
            }
        }

        double difference = Difference(whole, other);
        PercentileInterval interval = replicates is [] ? new(difference, difference) : PercentileInterval.Of([.. replicates]);
        double pValue = (1.0 + replicates.Count(replicate => replicate >= 0)) / (replicates.Count + 1);
        return new PairedDifference(holdout.Slices[slice].Name, difference, interval, pValue);
    }

    private bool HasEveryStratum(ReadOnlySpan<double> drawn, ReadOnlySpan<double> whole)
    {
        for (int stratum = 0; stratum < strata; stratum++)
        {
            if (drawn[stratum] == 0 && whole[stratum] > 0)
            {
                return false;
            }
        }

        return true;
    }

    private double Difference(ReadOnlySpan<double> columns, int other) =>
        StrataMean.Of(columns.Slice((1 + other) * strata, strata), columns[..strata]);

    private ReadOnlySpan<double> SliceColumns(ReadOnlySpan<double> columns, int slice) =>
        columns.Slice(slice * columnsPerSlice, columnsPerSlice);
}
