using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Google.Protobuf.Collections;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>The columns over all nodes and leaves that a <see cref="TreeEnsembleNode"/> wrote, read back tree by tree.</summary>
internal sealed class WrittenTrees(NodeProto node)
{
    private readonly RepeatedField<long> features = Integers(node, "nodes_featureids");
    private readonly float[] splits = Floats(node, "nodes_splits");
    private readonly byte[] modes = TreeEnsembleNode.Attribute(node, "nodes_modes").T.RawData.ToByteArray();
    private readonly RepeatedField<long> trueSide = Integers(node, "nodes_truenodeids");
    private readonly RepeatedField<long> trueIsLeaf = Integers(node, "nodes_trueleafs");
    private readonly RepeatedField<long> falseSide = Integers(node, "nodes_falsenodeids");
    private readonly RepeatedField<long> falseIsLeaf = Integers(node, "nodes_falseleafs");
    private readonly RepeatedField<long> missingIsTrue = node.Attribute.FirstOrDefault(attribute => attribute.Name == "nodes_missing_value_tracks_true")?.Ints ?? [];
    private readonly float[] leaves = Floats(node, "leaf_weights");

    /// <summary>The tree of a stretch of nodes.</summary>
    public DecisionTree Read(int first, int end, int firstLeaf)
    {
        // The operator has no tree without a split: a constant is one whose both sides lead to the same leaf.
        if (end == first + 1 && trueIsLeaf[first] == 1 && falseIsLeaf[first] == 1 && trueSide[first] == falseSide[first])
        {
            return new DecisionTree { Leaves = [leaves[firstLeaf]] };
        }

        IEnumerable<int> nodes = Enumerable.Range(first, end - first);
        return new DecisionTree
        {
            Features = [.. nodes.Select(at => (int)features[at])],
            Thresholds = [.. nodes.Select(at => splits[at])],
            Left = [.. nodes.Select(at => IsLeftFalse(at) ? False(at, first, firstLeaf) : True(at, first, firstLeaf))],
            Right = [.. nodes.Select(at => IsLeftFalse(at) ? True(at, first, firstLeaf) : False(at, first, firstLeaf))],
            MissingLeft = [.. nodes.Where(at => (missingIsTrue.Count > 0 && missingIsTrue[at] == 1) != IsLeftFalse(at)).Select(at => at - first)],
            Leaves = [.. leaves.AsSpan(firstLeaf, end - first + 1)],
        };
    }

    private bool IsLeftFalse(int at) => modes[at] == TreeEnsembleNode.Above;

    private int True(int at, int first, int firstLeaf) => Child(trueSide[at], trueIsLeaf[at], first, firstLeaf);

    private int False(int at, int first, int firstLeaf) => Child(falseSide[at], falseIsLeaf[at], first, firstLeaf);

    private static int Child(long at, long isLeaf, int first, int firstLeaf) => isLeaf == 1 ? ~((int)at - firstLeaf) : (int)at - first;

    private static RepeatedField<long> Integers(NodeProto node, string name) => TreeEnsembleNode.Attribute(node, name).Ints;

    private static float[] Floats(NodeProto node, string name) =>
        MemoryMarshal.Cast<byte, float>(TreeEnsembleNode.Attribute(node, name).T.RawData.Span).ToArray();
}
