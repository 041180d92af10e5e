using static Lifecycle.Training.Trainers.UntrainableException;

namespace Lifecycle.Training.Trainers;

/// <summary>What must hold of the hyperparameters that all boosted trees have.</summary>
internal static class TreeDemands
{
    /// <exception cref="UntrainableException">Something does not hold.</exception>
    public static void Demand(int trees, int leaves, double learningRate, int minimumRowsPerLeaf, double rowShare, double featureShare)
    {
        ThrowUnless(trees >= 1, $"trees is {trees}; expected at least 1");
        ThrowUnless(leaves >= 2, $"leaves is {leaves}; expected at least 2");
        ThrowUnless(learningRate is > 0 and <= 1, $"learningRate is {learningRate}; expected more than 0 and at most 1");
        ThrowUnless(minimumRowsPerLeaf >= 1, $"minimumRowsPerLeaf is {minimumRowsPerLeaf}; expected at least 1");
        ThrowUnless(rowShare is > 0 and <= 1, $"rowShare is {rowShare}; expected more than 0 and at most 1");
        ThrowUnless(featureShare is > 0 and <= 1, $"featureShare is {featureShare}; expected more than 0 and at most 1");
    }
}
