using System.Collections.Immutable;
using Lifecycle.OnnxModels.Fragments;

namespace Lifecycle.OnnxModels.Explanations;

/// <summary>Parts of an ensemble's scores: the sums over its trees of what <see cref="TreeShap"/> finds in each.</summary>
internal sealed class TreeParts : ScoreParts
{
    private readonly ImmutableArray<TreeShap> trees;
    private readonly double[] bases;
    private readonly int deepest;

    /// <param name="ensemble">The trees, each with the training rows of its leaves.</param>
    public TreeParts(TreeEnsemble ensemble)
    {
        trees = [.. ensemble.Trees.Select(tree => new TreeShap(tree))];
        deepest = trees.Max(tree => tree.Depth);
        bases = new double[ensemble.Outputs];
        for (int score = 0; score < bases.Length; score++)
        {
            bases[score] = ensemble.Bias + trees.Where((_, index) => index % bases.Length == score).Sum(tree => tree.Mean);
        }
    }

    public override IReadOnlyList<double> Bases => bases;

    public override void Add(ReadOnlySpan<float> row, Span<double> contributions)
    {
        ShapPath path = new(deepest);
        for (int tree = 0; tree < trees.Length; tree++)
        {
            trees[tree].Add(row, contributions.Slice(tree % bases.Length * row.Length, row.Length), path);
        }
    }
}
