using System.Collections.Immutable;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>
/// What makes a <see cref="TreeEnsemble"/> sound: every node and leaf is reached exactly once from its tree's root, every
/// split names an existing feature, every number is finite. Anything else would be a graph that hangs, reads past its
/// input or scores NaN.
/// </summary>
internal static class EnsembleRules
{
    /// <exception cref="InvalidFragmentException">The ensemble is unsound.</exception>
    public static void Demand(TreeEnsemble ensemble)
    {
        Demand(ensemble.Outputs > 0, $"outputs is {ensemble.Outputs}; expected at least 1");
        Demand(
            !ensemble.Trees.IsDefaultOrEmpty && ensemble.Trees.Length % ensemble.Outputs == 0,
            $"trees has {(ensemble.Trees.IsDefault ? 0 : ensemble.Trees.Length)} entries; expected at least one, and as many for each of the {ensemble.Outputs} outputs");
        Demand(float.IsFinite(ensemble.Bias), $"bias is {ensemble.Bias}; expected a finite number");
        for (int tree = 0; tree < ensemble.Trees.Length; tree++)
        {
            Demand(ensemble.Trees[tree], ensemble.FeatureCount, $"trees[{tree}]");
        }
    }

    private static void Demand(DecisionTree? tree, int featureCount, string place)
    {
        if (tree is null)
        {
            throw new InvalidFragmentException($"{place} is null; expected a tree");
        }

        int nodes = tree.Features.Length;
        Demand(
            tree.Thresholds.Length == nodes && tree.Left.Length == nodes && tree.Right.Length == nodes,
            $"{place} has {nodes} features, {tree.Thresholds.Length} thresholds, {tree.Left.Length} left and {tree.Right.Length} right children; expected as many of each");
        Demand(tree.Leaves.Length == nodes + 1, $"{place} has {nodes} nodes and {tree.Leaves.Length} leaves; expected {nodes + 1} leaves");
        Demand(tree.Features.All(feature => feature >= 0 && feature < featureCount), $"{place} splits on a feature outside 0 to {featureCount - 1}");
        Demand(tree.Thresholds.All(float.IsFinite), $"{place} has a threshold that is not a finite number");
        Demand(tree.Leaves.All(float.IsFinite), $"{place} has a leaf that is not a finite number");
        Demand(
            tree.LeafRows.IsEmpty || (tree.LeafRows.Length == tree.Leaves.Length && tree.LeafRows.All(rows => rows >= 0) && tree.LeafRows.Any(rows => rows > 0)),
            $"{place} has {tree.LeafRows.Length} leafRows for {tree.Leaves.Length} leaves; expected the training rows of each, or none at all");
        Demand(IsAscendingWithin(tree.MissingLeft, nodes), $"{place} has missingLeft entries that are not ascending node numbers");
        DemandTree(tree, place);
    }

    // n nodes and n + 1 leaves with 2n children: all distinct, in range and none the root means one tree, if every child
    // comes after its parent (no cycle apart from the root). Libraries number nodes as they grow, so that holds.
    private static void DemandTree(DecisionTree tree, string place)
    {
        int nodes = tree.Features.Length;
        HashSet<int> children = [];
        for (int node = 0; node < nodes; node++)
        {
            foreach (int child in (ReadOnlySpan<int>)[tree.Left[node], tree.Right[node]])
            {
                bool isInRange = child >= 0 ? child > node && child < nodes : ~child <= nodes;
                if (!isInRange || !children.Add(child))
                {
                    throw new InvalidFragmentException($"{place} node {node} has child {child}, which is out of range, not after its parent, or a child twice");
                }
            }
        }
    }

    private static bool IsAscendingWithin(ImmutableArray<int> values, int count)
    {
        int last = -1;
        foreach (int value in values)
        {
            if (value <= last || value >= count)
            {
                return false;
            }

            last = value;
        }

        return true;
    }

    private static void Demand(bool holds, string message) => InvalidFragmentException.ThrowUnless(holds, message);
}
