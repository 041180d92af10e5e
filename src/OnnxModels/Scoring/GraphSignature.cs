using Lifecycle.OnnxModels.Protocol;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>What a graph of this product takes and gives: one column of text in, one named output of floats.</summary>
internal static class GraphSignature
{
    /// <summary>Name of the only input: raw text, one row each.</summary>
    public const string InputName = "input";

    /// <summary>Name of a shipped graph's only output: the probability of label 1.</summary>
    public const string ProbabilityName = "probability";

    /// <exception cref="InvalidOnnxModelException">The graph's inputs and outputs are others.</exception>
    public static void Demand(GraphProto graph, string output, int outputRank)
    {
        Demand("input", graph.Input, InputName, DataType.String, rank: 1);
        Demand("output", graph.Output, output, DataType.Float, outputRank);
        if (outputRank == 2 && Width(graph.Output[0]) is var width and (< 1 or > int.MaxValue))
        {
            throw new InvalidOnnxModelException($"the graph's output '{output}' declares {width} columns; expected at least 1");
        }
    }

    /// <summary>The declared number of columns of an output of rank 2; 0 when it is left open.</summary>
    public static long Width(ValueInfoProto output) => output.Type.TensorType.Shape.Dim[1].DimValue;

    private static void Demand(string what, IReadOnlyList<ValueInfoProto> values, string name, DataType type, int rank)
    {
        if (values is not [{ } value] || value.Name != name
            || value.Type?.TensorType is not { } tensor || tensor.ElemType != (int)type || tensor.Shape?.Dim.Count != rank)
        {
            throw new InvalidOnnxModelException(
                $"the graph's {what}s are [{string.Join(", ", values.Select(found => InputQuote.Of(found.Name)))}]; expected one {what} '{name}', {type} of rank {rank}");
        }
    }
}
