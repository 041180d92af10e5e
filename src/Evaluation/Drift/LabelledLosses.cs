using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// The live model's loss on the window's labelled rows beside that on the Champion's Holdout, for all rows and for every slice that
/// both sides name. The sides are drawn independently, in whole clusters.
/// </summary>
internal sealed class LabelledLosses
{
    private readonly LossInput input;
    private readonly ImmutableArray<string> slices;
    private readonly ImmutableArray<LossReplicates> holdout;
    private readonly ImmutableArray<LossReplicates> window;

    public LabelledLosses(LossInput input)
    {
        this.input = input;
        slices = [.. input.Holdout.Slices.Keys.Where(input.Window.Slices.ContainsKey)];
        holdout = Sums(input.Holdout).Resample(input.BootstrapSamples, input.BootstrapSeed);
        window = Sums(input.Window).Resample(input.BootstrapSamples, input.BootstrapSeed + 1);
    }

    /// <summary>The Holdout's own loss.</summary>
    public LossReplicates Holdout => holdout[0];

    /// <summary>Over all labelled rows.</summary>
    public LossChange All => Change(0, CountLabelled(_ => true));

    /// <summary>By slice; slices without a labelled row in the window are left out.</summary>
    public ImmutableSortedDictionary<string, LossChange> Slices => slices
        .Select((name, i) => (Name: name, Group: i + 1, Rows: CountLabelled(row => input.Window.Slices[name][row])))
        .Where(slice => slice.Rows > 0)
        .ToImmutableSortedDictionary(slice => slice.Name, slice => Change(slice.Group, slice.Rows), StringComparer.Ordinal);

    private LossChange Change(int group, long rows)
    {
        string? inconclusive = LossConditions.EnoughRows(rows, input.Policy, "labelled rows")
            ?? LossConditions.SameClasses(holdout[group], window[group]);
        return LossConditions.Change(
            holdout[group].Loss, window[group].Loss, window[group].Samples.Zip(holdout[group].Samples, (there, here) => there / here), rows, inconclusive);
    }

    private long CountLabelled(Func<int, bool> belongs) =>
        Enumerable.Range(0, input.Window.RowCount).LongCount(row => input.Window.IsLabelled(row) && belongs(row));

    private LossSums Sums(LossRows rows)
    {
        (ImmutableArray<int> clusters, int count) = ClusterNumbers.Of(rows.Clusters, rows.RowCount);
        LossSums sums = new(Math.Max(1, count), slices.Length + 1, input.StratumCount);
        double[] losses = input.LossesOf(rows);
        for (int row = 0; row < rows.RowCount; row++)
        {
            if (rows.IsLabelled(row))
            {
                int stratum = input.StratumOf(rows.Labels[row]);
                sums.Add(clusters[row], group: 0, stratum, rows.WeightOf(row), losses[row]);
                for (int slice = 0; slice < slices.Length; slice++)
                {
                    if (rows.Slices[slices[slice]][row])
                    {
                        sums.Add(clusters[row], slice + 1, stratum, rows.WeightOf(row), losses[row]);
                    }
                }
            }
        }

        return sums;
    }
}
