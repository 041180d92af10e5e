using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Google.Protobuf.Collections;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>
/// Writes an ensemble as one <c>ai.onnx.ml</c> TreeEnsemble node (opset 5). Its columns run over the nodes of all trees and
/// over the leaves of all trees; a child is a node or a leaf according to a flag beside it.
/// </summary>
/// <remarks>
/// A missing value goes to the false side unless a flag says otherwise, and ONNX Runtime keeps the false side next to its parent. So the left
/// child is the false side (x &gt; threshold goes to the true one) where most nodes send missing values to the left: there are no flags then, and
/// where features are mostly zero, such as counts of n-grams, a row walks through memory in its order, in four fifths of the time.
/// </remarks>
internal sealed class TreeEnsembleNode
{
    /// <summary>The operator.</summary>
    public const string Operator = "TreeEnsemble";

    /// <summary>Name of what is added to the sums of leaves, where there is something.</summary>
    public const string BiasName = "bias";

    /// <summary>Name of the raw scores.</summary>
    public const string ScoreName = "score";

    /// <summary>Name of the sums of leaves that something is added to.</summary>
    public const string SumName = "leaf_sum";

    private const long AggregateSum = 1;
    private const long TransformNone = 0;

    /// <summary>BRANCH_GT: a row goes to the true side above the split.</summary>
    public const byte Above = 3;

    // BRANCH_LEQ: at or below it.
    private const byte AtOrBelow = 0;

    private readonly List<long> roots = [];
    private readonly List<long> features = [];
    private readonly List<float> splits = [];
    private readonly List<long> trueSide = [];
    private readonly List<long> trueIsLeaf = [];
    private readonly List<long> falseSide = [];
    private readonly List<long> falseIsLeaf = [];
    private readonly List<long> missingIsTrue = [];
    private readonly List<float> leaves = [];

    private readonly List<long> leafTargets = [];
    private readonly int outputs;
    private readonly bool isLeftFalse;

    private TreeEnsembleNode(TreeEnsemble ensemble)
    {
        outputs = ensemble.Outputs;
        isLeftFalse = 2 * ensemble.Trees.Sum(tree => tree.MissingLeft.Length) > ensemble.Trees.Sum(tree => tree.Features.Length);
    }

    /// <summary>Appends the node and returns the name of the raw scores, float [N, outputs].</summary>
    public static string Append(ScoreNodes nodes, TreeEnsemble ensemble)
    {
        TreeEnsembleNode columns = new(ensemble);
        foreach ((int index, DecisionTree tree) in ensemble.Trees.Index())
        {
            columns.Add(tree, target: index % ensemble.Outputs);
        }

        string sum = nodes.Named(ensemble.Bias == 0 ? ScoreName : SumName);
        nodes.Writer.Node(OperatorDomains.MachineLearning, Operator, sum, [nodes.Features], [.. columns.Attributes()]);
        return ensemble.Bias == 0 ? sum : nodes.Node("Add", ScoreName, sum, nodes.Constant(BiasName, [ensemble.Bias], 1));
    }

    /// <summary>Scores of a row.</summary>
    /// <exception cref="InvalidFragmentException">The node does not say.</exception>
    public static int Outputs(NodeProto node) => (int)Attribute(node, "n_targets").I;

    /// <summary>The trees that a node was written from.</summary>
    /// <exception cref="InvalidFragmentException">An attribute is missing; that the trees are sound is not looked at.</exception>
    public static ImmutableArray<DecisionTree> Trees(NodeProto node)
    {
        RepeatedField<long> roots = Attribute(node, "tree_roots").Ints;
        int nodes = Attribute(node, "nodes_featureids").Ints.Count;
        WrittenTrees written = new(node);
        ImmutableArray<DecisionTree>.Builder trees = ImmutableArray.CreateBuilder<DecisionTree>(roots.Count);
        int firstLeaf = 0;
        for (int tree = 0; tree < roots.Count; tree++)
        {
            int end = tree + 1 < roots.Count ? (int)roots[tree + 1] : nodes;
            trees.Add(written.Read((int)roots[tree], end, firstLeaf));
            firstLeaf += trees[tree].Leaves.Length;
        }

        return trees.MoveToImmutable();
    }

    internal static AttributeProto Attribute(NodeProto node, string name) => node.Attribute.FirstOrDefault(attribute => attribute.Name == name)
        ?? throw new InvalidFragmentException($"its trees have no attribute '{name}'; expected what stage Export writes");

    private void Add(DecisionTree tree, long target)
    {
        int firstNode = features.Count;
        int firstLeaf = leaves.Count;
        roots.Add(firstNode);
        leaves.AddRange(tree.Leaves);
        leafTargets.AddRange(Enumerable.Repeat(target, tree.Leaves.Length));
        if (tree.Features.IsEmpty)
        {
            // The operator has no tree without a split: both sides of this one lead to the constant.
            Add(feature: 0, threshold: 0, firstLeaf, isLeftLeaf: true, firstLeaf, isRightLeaf: true, goesMissingLeft: isLeftFalse);
            return;
        }

        ImmutableArray<int> missing = tree.MissingLeft;
        for (int node = 0; node < tree.Features.Length; node++)
        {
            int toLeft = tree.Left[node];
            int toRight = tree.Right[node];
            Add(
                tree.Features[node],
                tree.Thresholds[node],
                toLeft >= 0 ? firstNode + toLeft : firstLeaf + ~toLeft,
                toLeft < 0,
                toRight >= 0 ? firstNode + toRight : firstLeaf + ~toRight,
                toRight < 0,
                missing.BinarySearch(node) >= 0);
        }
    }

    private void Add(int feature, float threshold, int toLeft, bool isLeftLeaf, int toRight, bool isRightLeaf, bool goesMissingLeft)
    {
        features.Add(feature);
        splits.Add(threshold);
        trueSide.Add(isLeftFalse ? toRight : toLeft);
        trueIsLeaf.Add((isLeftFalse ? isRightLeaf : isLeftLeaf) ? 1 : 0);
        falseSide.Add(isLeftFalse ? toLeft : toRight);
        falseIsLeaf.Add((isLeftFalse ? isLeftLeaf : isRightLeaf) ? 1 : 0);
        missingIsTrue.Add(goesMissingLeft != isLeftFalse ? 1 : 0);
    }

    private IEnumerable<AttributeProto> Attributes()
    {
        yield return Protocol.Attributes.Integer("n_targets", outputs);
        yield return Protocol.Attributes.Integer("aggregate_function", AggregateSum);
        yield return Protocol.Attributes.Integer("post_transform", TransformNone);
        yield return Protocol.Attributes.Integers("tree_roots", roots);
        yield return Protocol.Attributes.Integers("nodes_featureids", features);
        yield return Protocol.Attributes.Tensor("nodes_splits", Tensors.Floats("", CollectionsMarshal.AsSpan(splits), splits.Count));

        byte[] modes = new byte[splits.Count];
        Array.Fill(modes, isLeftFalse ? Above : AtOrBelow);
        yield return Protocol.Attributes.Tensor("nodes_modes", Tensors.Bytes("", modes, modes.Length));
        yield return Protocol.Attributes.Integers("nodes_truenodeids", trueSide);
        yield return Protocol.Attributes.Integers("nodes_trueleafs", trueIsLeaf);
        yield return Protocol.Attributes.Integers("nodes_falsenodeids", falseSide);
        yield return Protocol.Attributes.Integers("nodes_falseleafs", falseIsLeaf);
        if (missingIsTrue.Contains(1))
        {
            yield return Protocol.Attributes.Integers("nodes_missing_value_tracks_true", missingIsTrue);
        }

        yield return Protocol.Attributes.Integers("leaf_targetids", leafTargets);
        yield return Protocol.Attributes.Tensor("leaf_weights", Tensors.Floats("", CollectionsMarshal.AsSpan(leaves), leaves.Count));
    }
}
