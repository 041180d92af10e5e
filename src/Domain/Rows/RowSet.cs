using System.Collections.Immutable;

namespace Lifecycle.Domain.Rows;

/// <summary>
/// Rows of a TrainingSet or a Holdout by columns, from the data to the evaluation; index <c>i</c> is the same row in all of them. What
/// nobody asked for is empty.
/// </summary>
public sealed record RowSet
{
    /// <summary>What the model reads.</summary>
    public required InputRows Inputs { get; init; }

    /// <summary>The labels, as <see cref="Schemas.Target"/> numbers them.</summary>
    public required ImmutableArray<double> Labels { get; init; }

    /// <summary>The entities.</summary>
    public ImmutableArray<string> Keys { get; init; } = [];

    /// <summary>Weights in training and evaluation, above zero; empty weighs all alike.</summary>
    public ImmutableArray<double> Weights { get; init; } = [];

    /// <summary>Number of the cluster that a row belongs to, in order of first appearance; empty makes every row a cluster of its own.</summary>
    public ImmutableArray<int> Clusters { get; init; } = [];

    /// <summary>The label known before, numbered as <see cref="Labels"/>; NaN where nothing was known. Empty where the definition looks nothing up.</summary>
    public ImmutableArray<double> Lookups { get; init; } = [];

    /// <summary>Membership in each slice, by the slice's name.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<bool>> Slices { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<bool>>.Empty;

    /// <summary>Number of rows.</summary>
    public int Count => Labels.Length;
}
