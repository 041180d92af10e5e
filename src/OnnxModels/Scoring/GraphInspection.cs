using System.Globalization;
using Google.Protobuf;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// Reads a model's bytes and refuses what a model of this product never holds: data in other files, operators of unknown
/// domains, local functions, training graphs, deep subgraphs, tensors that are too large or do not hold what they declare.
/// </summary>
internal sealed class GraphInspection(GraphLimits limits)
{
    /// <summary>Parses and inspects a model.</summary>
    /// <exception cref="InvalidOnnxModelException">It holds something that is refused.</exception>
    public static ModelProto Inspect(ReadOnlyMemory<byte> bytes, GraphLimits limits)
    {
        Demand(
            bytes.Length <= limits.MaximumModelBytes,
            $"the file has {bytes.Length} bytes; expected at most {limits.MaximumModelBytes}");
        ModelProto model = Parse(bytes);
        Demand(model.Graph is not null, "the file holds no graph; expected an ONNX model");
        Demand(model.Functions.Count == 0, $"the model defines {model.Functions.Count} local functions; expected none");
        Demand(model.TrainingInfo.Count == 0, "the model holds a training graph; expected inference only");
        foreach (OperatorSetIdProto import in model.OpsetImport)
        {
            DemandDomain(import.Domain, "imports operators");
        }

        new GraphInspection(limits).Inspect(model.Graph!, depth: 0);
        return model;
    }

    private static ModelProto Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException malformed)
        {
            throw new InvalidOnnxModelException($"the {bytes.Length} bytes are not an ONNX file, or only the beginning of one", malformed);
        }
    }

    private void Inspect(GraphProto graph, int depth)
    {
        Demand(
            depth <= limits.MaximumSubgraphDepth,
            $"graph {InputQuote.Of(graph.Name)} is nested {depth} deep; expected at most {limits.MaximumSubgraphDepth}");
        Demand(graph.SparseInitializer.Count == 0, "the graph holds sparse initializers; expected dense ones");
        foreach (TensorProto tensor in graph.Initializer)
        {
            Inspect(tensor);
        }

        foreach (NodeProto node in graph.Node)
        {
            DemandDomain(node.Domain, $"has a node {InputQuote.Of(node.OpType)}");
            foreach (AttributeProto attribute in node.Attribute)
            {
                Inspect(attribute, depth);
            }
        }
    }

    private void Inspect(AttributeProto attribute, int depth)
    {
        Demand(
            attribute.SparseTensor is null && attribute.SparseTensors.Count == 0,
            $"attribute {InputQuote.Of(attribute.Name)} holds a sparse tensor; expected dense ones");
        foreach (TensorProto tensor in attribute.T is null ? attribute.Tensors : attribute.Tensors.Prepend(attribute.T))
        {
            Inspect(tensor);
        }

        foreach (GraphProto graph in attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G))
        {
            Inspect(graph, depth + 1);
        }
    }

    private void Inspect(TensorProto tensor)
    {
        Demand(
            tensor.DataLocation == TensorProto.Types.DataLocation.Default && tensor.ExternalData.Count == 0,
            $"tensor {InputQuote.Of(tensor.Name)} keeps its data in another file ({InputQuote.Of(tensor.ExternalData.FirstOrDefault(entry => entry.Key == "location")?.Value)}); expected all data in the model itself");
        long elements = 1;
        foreach (long dimension in tensor.Dims)
        {
            Demand(
                dimension >= 0 && (dimension == 0 || elements <= limits.MaximumTensorElements / dimension),
                $"tensor {InputQuote.Of(tensor.Name)} declares the shape [{string.Join(", ", tensor.Dims)}]; expected at most {limits.MaximumTensorElements} elements");
            elements *= dimension;
        }

        long? found = TensorData.CountElements(tensor);
        Demand(
            found == elements,
            $"tensor {InputQuote.Of(tensor.Name)} of data type {tensor.DataType} declares {elements} elements and holds {found?.ToString(CultureInfo.InvariantCulture) ?? "none that are known"}; expected as many as it declares");
    }

    private static void DemandDomain(string domain, string what) => Demand(
        OperatorDomains.IsKnown(domain),
        $"the model {what} of domain {InputQuote.Of(domain)}; expected '{OperatorDomains.StandardAlias}', '{OperatorDomains.MachineLearning}' or '{OperatorDomains.Microsoft}'");

    private static void Demand(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOnnxModelException(message);
        }
    }
}
