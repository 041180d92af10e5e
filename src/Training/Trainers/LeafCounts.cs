using System.Collections.Immutable;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.Training.Matrices;

namespace Lifecycle.Training.Trainers;

/// <summary>Counts the training rows in each leaf, of trees whose library does not tell: explanations ask for them.</summary>
internal static class LeafCounts
{
    /// <summary>The same fragment, with the rows of every leaf; anything but trees, and trees that have them, as it is.</summary>
    public static ModelFragment Fill(ModelFragment fragment, FeatureMatrix rows) =>
        fragment is TreeEnsemble ensemble && ensemble.Trees.Any(tree => !tree.Features.IsEmpty && tree.LeafRows.IsEmpty)
            ? ensemble with { Trees = Count(ensemble.Trees, rows) }
            : fragment;

    private static ImmutableArray<DecisionTree> Count(ImmutableArray<DecisionTree> trees, FeatureMatrix rows)
    {
        int[][] counts = [.. trees.Select(tree => new int[tree.Leaves.Length])];
        float[] row = new float[rows.FeatureCount];
        for (int index = 0; index < rows.RowCount; index++)
        {
            rows.CopyTo(index, row);
            for (int tree = 0; tree < counts.Length; tree++)
            {
                counts[tree][LeafOf(trees[tree], row)]++;
            }
        }

        return [.. trees.Zip(counts, (tree, found) => tree.Features.IsEmpty ? tree : tree with { LeafRows = [.. found] })];
    }

    private static int LeafOf(DecisionTree tree, float[] row)
    {
        int at = tree.Features.IsEmpty ? -1 : 0;
        while (at >= 0)
        {
            float value = row[tree.Features[at]];
            bool goesLeft = float.IsNaN(value) ? tree.MissingLeft.BinarySearch(at) >= 0 : value <= tree.Thresholds[at];
            at = goesLeft ? tree.Left[at] : tree.Right[at];
        }

        return ~at;
    }
}
