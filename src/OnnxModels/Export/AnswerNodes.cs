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
        if (target.Answer == AnswerForm.Probabilities)
        {
            Classes(graph, nodes, answers, target);
        }
        else
        {
            string axis = nodes.Writer.Constant(Tensors.Integers(ScoreNodes.Name("answer_axis"), [1], 1));
            Column(graph, nodes, answers, axis, GraphSignature.OutputOf(target).Name);
            if (intervals is not null)
            {
                Bounds(graph, nodes, axis, intervals);
            }
        }
    }

    private static void Column(GraphProto graph, ScoreNodes nodes, string answers, string axis, string output)
    {
        nodes.Writer.Node(OperatorDomains.Standard, "Squeeze", output, [answers, axis]);
        graph.Output.Add(Tensors.Declare(output, DataType.Float));
    }

    // Two quantiles that are learnt apart may cross: the smaller one is the lower end.
    private static void Bounds(GraphProto graph, ScoreNodes nodes, string axis, IntervalFragments intervals)
    {
        string lower = Bound(nodes, intervals.Lower, GraphNames.Lower);
        string upper = Bound(nodes, intervals.Upper, GraphNames.Upper);
        Column(graph, nodes, nodes.Node("Min", "lower_end", lower, upper), axis, GraphNames.Lower);
        Column(graph, nodes, nodes.Node("Max", "upper_end", lower, upper), axis, GraphNames.Upper);
    }

    private static string Bound(ScoreNodes nodes, ModelFragment fragment, string part)
    {
        fragment.RequireSound();
        InvalidFragmentException.ThrowUnless(fragment.ScoreCount == 1, string.Create(CultureInfo.InvariantCulture, $"the {part} end of the intervals gives {fragment.ScoreCount} scores for a row; expected one"));
        ScoreNodes within = new(nodes.Writer, nodes.Features, part);
        return fragment.Link.Append(within, fragment.Append(within));
    }

    // Of classes with the same probability, the first is the label.
    private static void Classes(GraphProto graph, ScoreNodes nodes, string answers, Target target)
    {
        nodes.Writer.Node(OperatorDomains.Standard, "Identity", GraphSignature.ProbabilitiesName, [answers]);
        string likeliest = nodes.Writer.Node(
            OperatorDomains.Standard, "ArgMax", ScoreNodes.Name("likeliest"), [GraphSignature.ProbabilitiesName], Attributes.Integer("axis", 1), Attributes.Integer("keepdims", 0));
        string classes = nodes.Writer.Constant(Tensors.Texts(ScoreNodes.Name("classes"), [.. target.ClassNames]));
        nodes.Writer.Node(OperatorDomains.Standard, "Gather", GraphSignature.LabelName, [classes, likeliest], Attributes.Integer("axis", 0));
        graph.Output.Add(Tensors.Declare(GraphSignature.ProbabilitiesName, DataType.Float, target.Width));
        graph.Output.Add(Tensors.Declare(GraphSignature.LabelName, DataType.String));
    }
}
