using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.Explanations;

/// <summary>Reads the trained part back out of a model's graph: what explains an answer is what gives it.</summary>
internal static class GraphFragments
{
    /// <summary>The parts of a graph's raw scores.</summary>
    /// <exception cref="UnexplainableModelException">It is of another kind, or the explanation lacks what its kind needs.</exception>
    /// <exception cref="InvalidOnnxModelException">It is none of this product's, or the explanation is that of another model.</exception>
    public static ScoreParts Read(GraphProto graph, ModelExplanation explanation)
    {
        try
        {
            return graph.Node.FirstOrDefault(IsTrees) is { } trees
                ? Trees(graph, trees, explanation)
                : Find(graph, LinearScores.WeightsName) is not null
                    ? Linear(graph, explanation.Features.Length)
                    : throw new UnexplainableModelException("it is neither an ensemble of trees nor a linear model, and only the answers of such models are taken apart");
        }
        catch (InvalidFragmentException unsound)
        {
            throw new InvalidOnnxModelException($"its trained part cannot be read: {unsound.Message}", unsound);
        }
    }

    // Ends of intervals have trees of their own, under other names.
    private static bool IsTrees(NodeProto node) => node.OpType == TreeEnsembleNode.Operator
        && (node.Output[0] == ScoreNodes.Name(TreeEnsembleNode.ScoreName) || node.Output[0] == ScoreNodes.Name(TreeEnsembleNode.SumName));

    private static TreeParts Trees(GraphProto graph, NodeProto node, ModelExplanation explanation)
    {
        if (explanation.LeafRows.IsEmpty)
        {
            throw new UnexplainableModelException("nobody wrote down how many training rows its leaves have; a model that is trained anew has them");
        }

        ImmutableArray<DecisionTree> trees = TreeEnsembleNode.Trees(node);
        if (trees.Length != explanation.LeafRows.Length)
        {
            throw new InvalidOnnxModelException($"it has {trees.Length} trees, and its explanation tells of {explanation.LeafRows.Length}; they are not of the same model");
        }

        TreeEnsemble ensemble = new()
        {
            FeatureCount = explanation.Features.Length,
            Outputs = TreeEnsembleNode.Outputs(node),
            Bias = Find(graph, TreeEnsembleNode.BiasName) is { } bias ? Floats(bias)[0] : 0,
            Trees = [.. trees.Zip(explanation.LeafRows, (tree, rows) => tree with { LeafRows = tree.Features.IsEmpty ? [] : rows })],
        };
        ensemble.RequireSound();
        InvalidFragmentException.ThrowUnless(ensemble.Trees.All(tree => tree.Features.IsEmpty || !tree.LeafRows.IsEmpty), "a tree has splits and no leafRows; expected the training rows of each leaf");
        return new TreeParts(ensemble);
    }

    private static LinearParts Linear(GraphProto graph, int features)
    {
        ImmutableArray<float> intercepts = Column(graph, LinearScores.InterceptsName);
        ImmutableArray<float> byFeature = Column(graph, LinearScores.WeightsName);
        InvalidFragmentException.ThrowUnless(byFeature.Length == (long)features * intercepts.Length, $"it has {byFeature.Length} weights for {features} features and {intercepts.Length} scores; expected one for each pair");
        LinearScores scores = new()
        {
            FeatureCount = features,
            Means = Column(graph, LinearScores.MeansName),
            Scales = Column(graph, LinearScores.ScalesName),
            Reach = Column(graph, LinearScores.ReachName),
            Weights = [.. Enumerable.Range(0, intercepts.Length).SelectMany(score => Enumerable.Range(0, features).Select(feature => byFeature[(feature * intercepts.Length) + score]))],
            Intercepts = intercepts,
        };
        scores.RequireSound();
        return new LinearParts(scores);
    }

    private static ImmutableArray<float> Column(GraphProto graph, string name) =>
        Find(graph, name) is { } tensor ? Floats(tensor) : throw new InvalidFragmentException($"it has no constant '{name}'; expected what stage Export writes");

    private static TensorProto? Find(GraphProto graph, string name) => graph.Initializer.FirstOrDefault(tensor => tensor.Name == ScoreNodes.Name(name));

    private static ImmutableArray<float> Floats(TensorProto tensor) => [.. MemoryMarshal.Cast<byte, float>(tensor.RawData.Span)];
}
