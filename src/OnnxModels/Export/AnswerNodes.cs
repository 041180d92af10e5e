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
    public static void Append(GraphProto graph, string features, ModelFragment fragment, Target target, IntervalFragments? intervals = null)
    {
        fragment.RequireSound();
        InvalidFragmentException.ThrowUnless(fragment.ScoreCount == target.Width, string.Create(
            CultureInfo.InvariantCulture, $"it gives {fragment.ScoreCount} scores for a row; expected the {target.Width} that the target's answer has"));
        ScoreNodes nodes = new(new GraphWriter(graph), features);
        string answers = fragment.Link.Append(nodes, fragment.Append(nodes));
        graph.Output.Clear();
        Declare(graph, nodes.Writer, answers, target);
        if (intervals is not null)
        {
            Bounds(graph, nodes, intervals);
        }
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
            Column(graph, writer, answers, GraphSignature.OutputOf(target).Name, "answer_axis");
        }
    }

    private static void Column(GraphProto graph, GraphWriter writer, string answers, string output, string axisName)
    {
        string axis = writer.Constant(Tensors.Integers(ScoreNodes.Name(axisName), [1], 1));
        writer.Node(OperatorDomains.Standard, "Squeeze", output, [answers, axis]);
        graph.Output.Add(Tensors.Declare(output, DataType.Float));
    }

    // Two quantiles that are learnt apart may cross: the smaller one is the lower end.
    private static void Bounds(GraphProto graph, ScoreNodes nodes, IntervalFragments intervals)
    {
        string lower = Bound(nodes, intervals.Lower, GraphNames.Lower);
        string upper = Bound(nodes, intervals.Upper, GraphNames.Upper);
        Column(graph, nodes.Writer, nodes.Node("Min", "lower_end", lower, upper), GraphNames.Lower, "lower_axis");
        Column(graph, nodes.Writer, nodes.Node("Max", "upper_end", lower, upper), GraphNames.Upper, "upper_axis");
    }

    private static string Bound(ScoreNodes nodes, ModelFragment fragment, string part)
    {
        fragment.RequireSound();
        InvalidFragmentException.ThrowUnless(fragment.ScoreCount == 1, string.Create(CultureInfo.InvariantCulture, $"the {part} end of the intervals gives {fragment.ScoreCount} scores for a row; expected one"));
        ScoreNodes within = new(nodes.Writer, nodes.Features, part);
        return fragment.Link.Append(within, fragment.Append(within));
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
