using Google.Protobuf;

namespace Lifecycle.OnnxModels.Protocol;

/// <summary>
/// Appends nodes and constants to one graph. A node is named after its output, so that names follow from the definition
/// alone and the bytes are the same on every run.
/// </summary>
internal sealed class GraphWriter(GraphProto graph)
{
    /// <summary>Appends a node with one output and returns the output's name.</summary>
    public string Node(string domain, string operation, string output, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        Node(domain, operation, [output], inputs, attributes);
        return output;
    }

    /// <summary>Appends a node with several outputs.</summary>
    public void Node(
        string domain, string operation, IReadOnlyList<string> outputs, IEnumerable<string> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        NodeProto node = new() { Domain = domain, OpType = operation, Name = outputs[0] };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        graph.Node.Add(node);
    }

    /// <summary>Adds a constant and returns its name.</summary>
    public string Constant(TensorProto tensor)
    {
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Wraps a graph in a model and serializes it; metadata goes in by ordinal order of its keys.</summary>
    public static byte[] Serialize(GraphProto graph, IReadOnlyDictionary<string, string> metadata)
    {
        ModelProto model = new() { IrVersion = 10, ProducerName = "Lifecycle", Graph = graph };
        model.OpsetImport.AddRange(OperatorDomains.Imports.Select(import => new OperatorSetIdProto { Domain = import.Domain, Version = import.Version }));
        model.MetadataProps.AddRange(metadata
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => new StringStringEntryProto { Key = entry.Key, Value = entry.Value }));
        return model.ToByteArray();
    }
}
