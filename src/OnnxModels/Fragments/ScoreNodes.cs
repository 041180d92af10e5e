using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>
/// The nodes behind the feature vector while a graph is written. Names must differ within a graph and follow from the model alone, so that
/// the same model gives the same bytes. In the graph they begin with a slash, so that no column of the model has one of them.
/// </summary>
public sealed class ScoreNodes
{
    private readonly string part;

    /// <param name="writer">Writes the graph.</param>
    /// <param name="features">Name of the feature vectors.</param>
    /// <param name="part">Which of several trained parts it is; empty for the one of the answer.</param>
    internal ScoreNodes(GraphWriter writer, string features, string part = "")
    {
        (Writer, Features, this.part) = (writer, features, part.Length == 0 ? "" : $"{part}/");
    }

    /// <summary>Name of the feature vectors, float [N, F].</summary>
    public string Features { get; }

    internal GraphWriter Writer { get; }

    /// <summary>A name as it is in the graph: columns are never called so, nor what is made of one, which begins with the column.</summary>
    internal static string Name(string name) => $"/{name}";

    /// <summary>The same within this trained part.</summary>
    internal string Named(string name) => Name($"{part}{name}");

    /// <summary>Adds a constant and returns its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values, row after row.</param>
    /// <param name="shape">Its shape.</param>
    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Writer.Constant(Tensors.Floats(Named(name), values, shape));

    /// <summary>Appends a node of a standard operator (opset 21) without attributes, and returns its output's name.</summary>
    /// <param name="operation">The operator, such as <c>MatMul</c>.</param>
    /// <param name="output">Name of its output, and so of the node.</param>
    /// <param name="inputs">Names of its inputs.</param>
    public string Node(string operation, string output, params string[] inputs) => Writer.Node(OperatorDomains.Standard, operation, Named(output), inputs);
}
