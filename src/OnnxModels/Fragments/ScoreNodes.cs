using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>
/// The nodes behind the feature vector while a graph is written. Names must differ within a graph and follow from the model alone, so that
/// the same model gives the same bytes.
/// </summary>
public sealed class ScoreNodes
{
    internal ScoreNodes(GraphWriter writer, string features)
    {
        (Writer, Features) = (writer, features);
    }

    /// <summary>Name of the feature vectors, float [N, F].</summary>
    public string Features { get; }

    internal GraphWriter Writer { get; }

    /// <summary>Adds a constant and returns its name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values, row after row.</param>
    /// <param name="shape">Its shape.</param>
    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) => Writer.Constant(Tensors.Floats(name, values, shape));

    /// <summary>Appends a node of a standard operator (opset 21) without attributes, and returns its output's name.</summary>
    /// <param name="operation">The operator, such as <c>MatMul</c>.</param>
    /// <param name="output">Name of its output, and so of the node.</param>
    /// <param name="inputs">Names of its inputs.</param>
    public string Node(string operation, string output, params string[] inputs) => Writer.Node(OperatorDomains.Standard, operation, output, inputs);
}
