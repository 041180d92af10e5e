using System.Collections.Immutable;
using Lifecycle.OnnxModels.Fragments;

namespace Lifecycle.OnnxModels.Explanations;

/// <summary>
/// What each feature adds to the leaf that a row reaches in one tree: Shapley values where an unknown feature sends a row both ways, by the
/// shares of the training rows (path-dependent tree SHAP, Lundberg, Erion and Lee 2018). Together with <see cref="Mean"/> they make the leaf.
/// </summary>
internal sealed class TreeShap
{
    private readonly DecisionTree tree;
    private readonly double[] nodeRows;
    private readonly bool[] missingLeft;

    /// <param name="tree">The tree, with the training rows of its leaves.</param>
    public TreeShap(DecisionTree tree)
    {
        this.tree = tree;
        int nodes = tree.Features.Length;
        nodeRows = new double[nodes];
        missingLeft = new bool[nodes];
        int[] depths = new int[nodes];
        foreach (int node in tree.MissingLeft)
        {
            missingLeft[node] = true;
        }

        // Children come after their parents.
        for (int node = nodes - 1; node >= 0; node--)
        {
            nodeRows[node] = RowsOf(tree.Left[node]) + RowsOf(tree.Right[node]);
            depths[node] = 1 + Math.Max(DepthOf(tree.Left[node], depths), DepthOf(tree.Right[node], depths));
        }

        Depth = nodes == 0 ? 0 : depths[0];
        double rows = nodes == 0 ? 1 : nodeRows[0];
        Mean = nodes == 0 ? tree.Leaves[0] : tree.Leaves.Select((leaf, i) => leaf * (tree.LeafRows[i] / rows)).Sum();
    }

    /// <summary>Splits between the root and a leaf, at most.</summary>
    public int Depth { get; }

    /// <summary>The mean leaf of the training rows.</summary>
    public double Mean { get; }

    /// <summary>Adds what each feature does.</summary>
    /// <param name="row">The feature vector.</param>
    /// <param name="contributions">One for each feature.</param>
    /// <param name="path">Room for at least <see cref="Depth"/>.</param>
    public void Add(ReadOnlySpan<float> row, Span<double> contributions, ShapPath path)
    {
        if (Depth > 0)
        {
            Descend(new Walk(row, contributions, path), child: 0, depth: 0, length: 1, unknown: 1, known: 1, feature: -1);
        }
    }

    private void Descend(Walk walk, int child, int depth, int length, double unknown, double known, int feature)
    {
        Span<ShapPath.Step> path = walk.Path.At(depth, length);
        ShapPath.Extend(path, unknown, known, feature);
        if (child < 0)
        {
            for (int i = 1; i < length; i++)
            {
                walk.Contributions[path[i].Feature] += ShapPath.WeightWithout(path, i) * (path[i].Known - path[i].Unknown) * tree.Leaves[~child];
            }

            return;
        }

        int split = tree.Features[child];
        (double before, double wasKnown) = (1, 1);
        for (int i = 1; i < length; i++)
        {
            if (path[i].Feature == split)
            {
                (before, wasKnown) = (path[i].Unknown, path[i].Known);
                ShapPath.Unwind(path, i);
                length--;
                break;
            }
        }

        bool goesLeft = GoesLeft(child, walk.Row[split]);
        Follow(walk, child, tree.Left[child], depth, length, before, goesLeft ? wasKnown : 0);
        Follow(walk, child, tree.Right[child], depth, length, before, goesLeft ? 0 : wasKnown);
    }

    private void Follow(Walk walk, int parent, int child, int depth, int length, double before, double known)
    {
        double unknown = before * RowsOf(child) / nodeRows[parent];

        // Where no row comes, known or unknown, there is nothing to tell.
        if (unknown > 0 || known > 0)
        {
            walk.Path.At(depth, length).CopyTo(walk.Path.At(depth + 1, length));
            Descend(walk, child, depth + 1, length + 1, unknown, known, tree.Features[parent]);
        }
    }

    private bool GoesLeft(int node, float value) => float.IsNaN(value) ? missingLeft[node] : value <= tree.Thresholds[node];

    private double RowsOf(int child) => child >= 0 ? nodeRows[child] : tree.LeafRows[~child];

    private static int DepthOf(int child, int[] depths) => child >= 0 ? depths[child] : 0;

    private readonly ref struct Walk(ReadOnlySpan<float> row, Span<double> contributions, ShapPath path)
    {
        public ReadOnlySpan<float> Row { get; } = row;

        public Span<double> Contributions { get; } = contributions;

        public ShapPath Path { get; } = path;
    }
}
