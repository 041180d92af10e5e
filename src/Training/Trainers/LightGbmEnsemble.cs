using System.Collections.Immutable;
using Lifecycle.OnnxModels.Ensembles;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace Lifecycle.Training.Trainers;

/// <summary>
/// Reads trees and link out of ML.NET's model. Its thresholds are floats and a row at the threshold goes left, so they are
/// taken as they are; where missing values go it does not tell, and feature vectors of a featurizer have none.
/// </summary>
internal static class LightGbmEnsemble
{
    public static TreeEnsemble Read(CalibratedModelParametersBase<LightGbmBinaryModelParameters, PlattCalibrator> model, int featureCount)
    {
        RegressionTreeEnsemble ensemble = model.SubModel.TrainedTreeEnsemble;
        return new TreeEnsemble
        {
            FeatureCount = featureCount,
            Bias = (float)ensemble.Bias,

            // ML.NET's calibrator is 1 / (1 + exp(Slope · score + Offset)): both signs turn.
            Link = new LogisticLink((float)-model.Calibrator.Slope, (float)-model.Calibrator.Offset),
            Trees = [.. ensemble.Trees.Select((tree, i) => Read(tree, ensemble.TreeWeights[i]))],
        };
    }

    private static DecisionTree Read(RegressionTree tree, double weight)
    {
        if (tree.CategoricalSplitFlags.Any(isCategorical => isCategorical))
        {
            throw new NotSupportedException("A tree has a categorical split; the trainer switches them off.");
        }

        // LightGBM stops early with a tree of no split, whose single leaf ML.NET may leave out.
        ImmutableArray<float> leaves = [.. tree.LeafValues.Select(value => (float)(value * weight))];
        return new DecisionTree
        {
            Features = [.. tree.NumericalSplitFeatureIndexes],
            Thresholds = [.. tree.NumericalSplitThresholds],
            Left = [.. tree.LeftChild],
            Right = [.. tree.RightChild],
            Leaves = leaves.IsEmpty ? [0f] : leaves,
        };
    }
}
