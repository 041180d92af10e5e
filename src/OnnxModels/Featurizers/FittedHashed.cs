using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Protocol;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>One feature for each bucket of a hash. There is nothing to fit.</summary>
internal sealed record FittedHashed(InputColumn Column, int Buckets)
    : FittedTransform([.. Enumerable.Range(0, Buckets).Select(bucket => $"hashed({Column.Name}):{bucket}")])
{
    // A bucket past the last one is all zeros.
    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[Column];
        string hashes = nodes.Cast("hashes", nodes.Hash("hash", nodes.Levels), DataType.Int64);
        string buckets = nodes.Node("Mod", "buckets", [hashes, nodes.Integer("bucket_count", Buckets)]);
        string places = nodes.Present is { } present ? nodes.Node("Where", "buckets_of_present", [present, buckets, nodes.Integer("no_bucket", Buckets)]) : buckets;
        string rows = nodes.Node("Reshape", "hashed_places", [places, nodes.Integers("rows", [-1], 1)]);
        return nodes.Node("OneHot", "hashed", [rows, nodes.Integer("hashed_depth", Buckets), nodes.Floats("off_and_on", [0, 1], 2)], Attributes.Integer("axis", -1));
    }
}
