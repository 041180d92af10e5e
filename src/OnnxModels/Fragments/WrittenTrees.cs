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
    private readonly RepeatedField<long> left = Integers(node, "nodes_truenodeids");
    private readonly RepeatedField<long> leftIsLeaf = Integers(node, "nodes_trueleafs");
    private readonly RepeatedField<long> right = Integers(node, "nodes_falsenodeids");
    private readonly RepeatedField<long> rightIsLeaf = Integers(node, "nodes_falseleafs");
    private readonly RepeatedField<long> missingLeft = node.Attribute.FirstOrDefault(attribute => attribute.Name == "nodes_missing_value_tracks_true")?.Ints ?? [];
    private readonly float[] leaves = Floats(node, "leaf_weights");

    /// <summary>The tree of a stretch of nodes.</summary>
    public DecisionTree Read(int first, int end, int firstLeaf)
    {
        // The operator has no tree without a split: a constant is one whose both sides lead to the same leaf.
        if (end == first + 1 && leftIsLeaf[first] == 1 && rightIsLeaf[first] == 1 && left[first] == right[first])
        {
            return new DecisionTree { Leaves = [leaves[firstLeaf]] };
        }

        IEnumerable<int> nodes = Enumerable.Range(first, end - first);
        return new DecisionTree
        {
            Features = [.. nodes.Select(at => (int)features[at])],
            Thresholds = [.. nodes.Select(at => splits[at])],
            Left = [.. nodes.Select(at => Child(left[at], leftIsLeaf[at], first, firstLeaf))],
            Right = [.. nodes.Select(at => Child(right[at], rightIsLeaf[at], first, firstLeaf))],
            MissingLeft = [.. nodes.Where(at => missingLeft.Count > 0 && missingLeft[at] == 1).Select(at => at - first)],
            Leaves = [.. leaves.AsSpan(firstLeaf, end - first + 1)],
        };
    }

    private static int Child(long at, long isLeaf, int first, int firstLeaf) => isLeaf == 1 ? ~((int)at - firstLeaf) : (int)at - first;

    private static RepeatedField<long> Integers(NodeProto node, string name) => TreeEnsembleNode.Attribute(node, name).Ints;

    private static float[] Floats(NodeProto node, string name) =>
        MemoryMarshal.Cast<byte, float>(TreeEnsembleNode.Attribute(node, name).T.RawData.Span).ToArray();
}
