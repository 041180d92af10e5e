using System.Collections.Immutable;

namespace Lifecycle.Evaluation.Rows;

/// <summary>One named part of the Holdout.</summary>
/// <param name="Name">Name of the slice.</param>
/// <param name="Members">Whether a row belongs to it, by row.</param>
internal sealed record HoldoutSlice(string Name, ImmutableArray<bool> Members);

/// <summary>
/// The Holdout made ready: <c>all</c> and every defined slice that holds a row, clusters as numbers in order of first
/// appearance, and weights filled in.
/// </summary>
internal sealed class HoldoutSlices
{
    public HoldoutSlices(HoldoutColumns columns)
    {
        columns.Validate();
        Labels = columns.Labels;
        Weights = columns.Weights.IsEmpty ? [.. Enumerable.Repeat(1.0, columns.RowCount)] : columns.Weights;
        (Clusters, ClusterCount) = ClusterNumbers.Of(columns.Clusters, columns.RowCount);
        Slices =
        [
            new HoldoutSlice(HoldoutColumns.WholeHoldout, [.. Enumerable.Repeat(true, columns.RowCount)]),
            .. columns.Slices.Where(slice => slice.Value.Contains(true)).Select(slice => new HoldoutSlice(slice.Key, slice.Value)),
        ];
    }

    public ImmutableArray<bool> Labels { get; }

    public ImmutableArray<double> Weights { get; }

    public ImmutableArray<int> Clusters { get; }

    public int ClusterCount { get; }

    public ImmutableArray<HoldoutSlice> Slices { get; }

    public int RowCount => Labels.Length;
}
