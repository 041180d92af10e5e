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
        Declare(graph, nodes.Writer, answers, target);
    }

    /// <summary>Makes answers, float [N, width], the outputs of a graph that has none yet.</summary>
    public static void Declare(GraphProto graph, GraphWriter writer, string answers, Target target)
    {
        if (target.Answer == AnswerForm.Probabilities)
        {
            Classes(graph, writer, answers, target);
        }
        else
        {
            Column(graph, writer, answers, GraphSignature.OutputOf(target).Name);
        }
    }

    private static void Column(GraphProto graph, GraphWriter writer, string answers, string output)
    {
        string axis = writer.Constant(Tensors.Integers(ScoreNodes.Name("answer_axis"), [1], 1));
        writer.Node(OperatorDomains.Standard, "Squeeze", output, [answers, axis]);
        graph.Output.Add(Tensors.Declare(output, DataType.Float));
    }

    // Of classes with the same probability, the first is the label.
    private static void Classes(GraphProto graph, GraphWriter writer, string answers, Target target)
    {
        writer.Node(OperatorDomains.Standard, "Identity", GraphSignature.ProbabilitiesName, [answers]);
        string likeliest = writer.Node(
            OperatorDomains.Standard, "ArgMax", ScoreNodes.Name("likeliest"), [GraphSignature.ProbabilitiesName], Attributes.Integer("axis", 1), Attributes.Integer("keepdims", 0));
        string classes = writer.Constant(Tensors.Texts(ScoreNodes.Name("classes"), [.. target.ClassNames]));
        writer.Node(OperatorDomains.Standard, "Gather", GraphSignature.LabelName, [classes, likeliest], Attributes.Integer("axis", 0));
        graph.Output.Add(Tensors.Declare(GraphSignature.ProbabilitiesName, DataType.Float, target.Width));
        graph.Output.Add(Tensors.Declare(GraphSignature.LabelName, DataType.String));
    }
}
