using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Evaluation.Rows;

/// <summary>One named part of the Holdout.</summary>
/// <param name="Name">Name of the slice.</param>
/// <param name="Rows">The rows that belong to it, in their order.</param>
internal sealed record HoldoutSlice(string Name, ImmutableArray<int> Rows);

/// <summary>
/// The Holdout made ready: <c>all</c> and every defined slice that holds a row, clusters numbered from 0, and weights filled in.
/// </summary>
internal sealed class HoldoutSlices
{
    public HoldoutSlices(RowSet rows, Target target, Loss loss)
    {
        HoldoutCheck.Require(rows, target, loss);
        Target = target;
        Loss = loss;
        Labels = rows.Labels;
        Weights = rows.Weights.IsEmpty ? [.. Enumerable.Repeat(1.0, rows.Count)] : rows.Weights;
        Clusters = rows.Clusters.IsEmpty ? [.. Enumerable.Range(0, rows.Count)] : rows.Clusters;
        ClusterCount = Clusters.Max() + 1;
        Slices =
        [
            new HoldoutSlice(ModelMetrics.WholeHoldout, [.. Enumerable.Range(0, rows.Count)]),
            .. rows.Slices.Select(slice => new HoldoutSlice(slice.Key, [.. Enumerable.Range(0, rows.Count).Where(row => slice.Value[row])]))
                .Where(slice => !slice.Rows.IsEmpty),
        ];
    }

    public Target Target { get; }

    public Loss Loss { get; }

    public ImmutableArray<double> Labels { get; }

    public ImmutableArray<double> Weights { get; }

    public ImmutableArray<int> Clusters { get; }

    public int ClusterCount { get; }

    public ImmutableArray<HoldoutSlice> Slices { get; }

    public int RowCount => Labels.Length;

    /// <summary>Groups of rows over which the deciding loss is averaged before the groups are: the classes, or one.</summary>
    public int StratumCount => Loss.IsBalanced ? Target.ClassNames.Length : 1;

    public int StratumOf(int row) => Loss.IsBalanced ? (int)Labels[row] : 0;

    /// <summary>Position of a row's class; 0 where labels are numbers.</summary>
    public int ClassOf(int row) => Target.ClassNames.IsEmpty ? 0 : (int)Labels[row];
}
