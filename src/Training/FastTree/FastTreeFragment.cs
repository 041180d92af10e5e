using System.Collections.Immutable;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Fragments;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;

namespace Lifecycle.Training.FastTree;

/// <summary>
/// Reads trees and link out of what FastTree grew. A row goes left when its feature is at or below a threshold, both floats; a missing one
/// was <see cref="ExampleRow.Missing"/>, and so goes left everywhere.
/// </summary>
internal static class FastTreeFragment
{
    // A class of whose trees there are fewer: FastTree leaves out what found no split.
    private static readonly DecisionTree Nothing = new() { Leaves = [0] };

    /// <summary>The ensemble of a model with one training for each raw score.</summary>
    public static TreeEnsemble Of(ModelNotes notes, ImmutableArray<TrainedScore> scores)
    {
        (double factor, double shift) = notes.Unit.OfScores(notes.Objective == TrainingObjective.Tweedie);
        ImmutableArray<ImmutableArray<DecisionTree>> trees = [.. scores.Select(score => TreesOf(score.Trees, factor))];
        int rounds = Math.Max(1, trees.Max(of => of.Length));
        return new TreeEnsemble
        {
            FeatureCount = notes.FeatureCount,
            Outputs = scores.Length,
            Link = LinkOf(notes.Objective, scores[0].Calibrator),
            Bias = (float)shift,
            Trees = [.. Enumerable.Range(0, rounds).SelectMany(round => trees.Select(of => round < of.Length ? of[round] : Nothing))],
        };
    }

    private static ScoreLink LinkOf(TrainingObjective objective, PlattCalibrator? calibrator) => (objective, calibrator) switch
    {
        (TrainingObjective.Tweedie, _) => new ScoreLink.Exponential(),
        (_, null) => new ScoreLink.Identity(),

        // ML.NET writes 1 / (1 + exp(slope · score + offset)).
        (TrainingObjective.Multiclass, _) => new ScoreLink.OneAgainstAll((float)-calibrator.Slope, (float)-calibrator.Offset),
        _ => new ScoreLink.Logistic((float)-calibrator.Slope, (float)-calibrator.Offset),
    };

    private static ImmutableArray<DecisionTree> TreesOf(RegressionTreeEnsemble ensemble, double factor) =>
        [.. ensemble.Trees.Zip(ensemble.TreeWeights, (tree, weight) => TreeOf(tree, weight * factor))];

    private static DecisionTree TreeOf(RegressionTree tree, double weight)
    {
        if (tree.CategoricalSplitFlags.Any(isCategorical => isCategorical))
        {
            throw new NotSupportedException("A tree has a categorical split, which no trainer of ours asks for.");
        }

        ImmutableArray<float> leaves = [.. tree.LeafValues.Select(value => (float)(value * weight))];
        return tree.NumberOfNodes == 0 ? new DecisionTree { Leaves = [leaves.IsEmpty ? 0 : leaves[0]] } : new DecisionTree
        {
            Features = [.. tree.NumericalSplitFeatureIndexes],
            Thresholds = [.. tree.NumericalSplitThresholds],
            Left = [.. tree.LeftChild],
            Right = [.. tree.RightChild],
            MissingLeft = [.. Enumerable.Range(0, tree.NumberOfNodes)],
            Leaves = leaves,
        };
    }
}
