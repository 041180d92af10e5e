using System.Globalization;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Export;

/// <summary>Writes what comes behind the feature vector: a fragment's raw scores, its link, and the outputs of the target's answer.</summary>
internal static class AnswerNodes
{
    /// <summary>Name of the output with the probability of each class.</summary>
    public const string ProbabilitiesName = "probabilities";

    /// <summary>Name of the output with the likeliest class.</summary>
    public const string LabelName = "label";

    /// <summary>Name of the output with a number.</summary>
    public const string ValueName = "value";

    /// <summary>Appends nodes and declares outputs.</summary>
    /// <exception cref="InvalidFragmentException">The fragment is unsound, or gives another number of scores than the target has answers.</exception>
    public static void Append(GraphProto graph, string features, ModelFragment fragment, Target target)
    {
        fragment.RequireSound();
        InvalidFragmentException.ThrowUnless(fragment.ScoreCount == target.Width, string.Create(
            CultureInfo.InvariantCulture, $"it gives {fragment.ScoreCount} scores for a row; expected the {target.Width} that the target's answer has"));
        ScoreNodes nodes = new(new GraphWriter(graph), features);
        string answers = fragment.Link.Append(nodes, fragment.Append(nodes));
        graph.Output.Clear();
        switch (target.Answer)
        {
            case AnswerForm.Probability:
                Column(graph, nodes, answers, GraphSignature.ProbabilityName);
                break;
            case AnswerForm.Probabilities:
                Classes(graph, nodes, answers, target);
                break;
            default:
                Column(graph, nodes, answers, ValueName);
                break;
        }
    }

    private static void Column(GraphProto graph, ScoreNodes nodes, string answers, string output)
    {
        string axis = nodes.Writer.Constant(Tensors.Integers("answer_axis", [1], 1));
        nodes.Node("Squeeze", output, answers, axis);
        graph.Output.Add(Tensors.Declare(output, DataType.Float));
    }

    // Of classes with the same probability, the first is the label.
    private static void Classes(GraphProto graph, ScoreNodes nodes, string answers, Target target)
    {
        nodes.Node("Identity", ProbabilitiesName, answers);
        string likeliest = nodes.Writer.Node(
            OperatorDomains.Standard, "ArgMax", "likeliest", [ProbabilitiesName], Attributes.Integer("axis", 1), Attributes.Integer("keepdims", 0));
        string classes = nodes.Writer.Constant(Tensors.Texts("classes", [.. target.ClassNames]));
        nodes.Writer.Node(OperatorDomains.Standard, "Gather", LabelName, [classes, likeliest], Attributes.Integer("axis", 0));
        graph.Output.Add(Tensors.Declare(ProbabilitiesName, DataType.Float, target.Width));
        graph.Output.Add(Tensors.Declare(LabelName, DataType.String));
    }
}
