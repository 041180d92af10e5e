using System.Collections.Immutable;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>
/// One tree, as columns over its nodes. Node 0 is the root; at a node, a row goes left when
/// <c>features[Features[i]] ≤ Thresholds[i]</c>, compared as floats. A child that is not negative is a node, otherwise
/// leaf <c>~child</c>. A tree without nodes is the constant <c>Leaves[0]</c>.
/// </summary>
public sealed record DecisionTree
{
    /// <summary>Index of the feature that a node splits on.</summary>
    public ImmutableArray<int> Features { get; init; } = [];

    /// <summary>Largest value that goes left.</summary>
    public ImmutableArray<float> Thresholds { get; init; } = [];

    /// <summary>Child of the rows at or below the threshold.</summary>
    public ImmutableArray<int> Left { get; init; } = [];

    /// <summary>Child of the other rows.</summary>
    public ImmutableArray<int> Right { get; init; } = [];

    /// <summary>Nodes, in ascending order, where a missing value (NaN) goes left; at all others it goes right.</summary>
    public ImmutableArray<int> MissingLeft { get; init; } = [];

    /// <summary>Training rows in each leaf; empty where the trainer does not tell. No part of the graph: explanations ask for them.</summary>
    public ImmutableArray<int> LeafRows { get; init; } = [];

    /// <summary>Scores of the leaves.</summary>
    public required ImmutableArray<float> Leaves { get; init; }
}
