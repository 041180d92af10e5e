using System.Collections.Immutable;
using System.Text;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.References;

/// <summary>
/// Writes a <see cref="TextReference"/> as a graph with the signature of a trained one: the text column to
/// <c>probability</c> (float [N], of the positive class). Whoever serves it does not know the difference. The same reference gives the
/// same bytes. Format: docs/formats/model-onnx.md.
/// </summary>
public static class ReferenceGraph
{
    // No probability: what the lookup answers for a text that it does not know.
    private const float Unknown = -1;

    /// <summary>Compiles a reference.</summary>
    /// <param name="reference">What to say.</param>
    /// <param name="view">Says what an input is; the same rules as for a trained model.</param>
    /// <param name="target">What an answer is: a probability.</param>
    /// <param name="metadata">Properties that the file carries.</param>
    /// <exception cref="InvalidReferenceException">It says nothing, or the model reads or answers something else.</exception>
    public static byte[] Compose(TextReference reference, FeatureView view, Target target, ImmutableSortedDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(metadata);
        InputColumn text = TextReference.ColumnOf(view);
        if (target.Answer != AnswerForm.Probability)
        {
            throw new InvalidReferenceException($"it answers a probability, and the target '{target.Label}' asks for {target.Answer}");
        }

        if (reference.Known.IsEmpty && reference.Rules.IsEmpty)
        {
            throw new InvalidReferenceException("it knows no text and has no rule");
        }

        GraphProto graph = new() { Name = "reference" };
        graph.Input.AddRange(GraphSignature.Inputs(view.Schema));
        GraphWriter writer = new(graph);
        Append(writer, new ColumnNodes(writer, text).Lower, reference);
        graph.Output.Add(Tensors.Declare(GraphSignature.ProbabilityName, DataType.Float));
        return GraphWriter.Serialize(graph, metadata.Concat(GraphContract.MetadataOf(view.Schema)).Concat(GraphContract.MetadataOf(target)).ToDictionary());
    }

    private static void Append(GraphWriter writer, string text, TextReference reference)
    {
        if (reference.Rules.IsEmpty)
        {
            Lookup(writer, GraphSignature.ProbabilityName, text, reference, reference.Otherwise);
            return;
        }

        string ruled = Rules(writer, text, reference, reference.Known.IsEmpty ? GraphSignature.ProbabilityName : "reference/ruled");
        if (!reference.Known.IsEmpty)
        {
            string known = Lookup(writer, "reference/known", text, reference, Unknown);
            string zero = writer.Constant(Tensors.Floats("reference/zero", [0], 1));
            string isUnknown = writer.Node(OperatorDomains.Standard, "Less", "reference/is_unknown", [known, zero]);
            writer.Node(OperatorDomains.Standard, "Where", GraphSignature.ProbabilityName, [isUnknown, ruled, known]);
        }
    }

    private static string Lookup(GraphWriter writer, string output, string text, TextReference reference, float otherwise) => writer.Node(
        OperatorDomains.MachineLearning,
        "LabelEncoder",
        output,
        [text],
        Attributes.Texts("keys_strings", reference.Known.Keys),
        Attributes.Floats("values_floats", reference.Known.Values),
        Attributes.Float("default_float", otherwise));

    // From the last rule to the first, so that the first has the last word.
    private static string Rules(GraphWriter writer, string text, TextReference reference, string output)
    {
        string answer = writer.Constant(Tensors.Floats("reference/otherwise", [reference.Otherwise], 1));
        for (int rule = reference.Rules.Length - 1; rule >= 0; rule--)
        {
            string fits = writer.Node(
                OperatorDomains.Standard, "RegexFullMatch", $"reference/fits_{rule}", [text], Attributes.Text("pattern", Pattern(reference.Rules[rule])));
            string probability = writer.Constant(Tensors.Floats($"reference/probability_{rule}", [(float)reference.Rules[rule].Probability], 1));
            answer = writer.Node(OperatorDomains.Standard, "Where", rule == 0 ? output : $"reference/answer_{rule}", [fits, probability, answer]);
        }

        return answer;
    }

    private static string Pattern(TextRule rule) => rule switch
    {
        { Is: { } whole } => Literal(whole),
        { StartsWith: { } start } => $"(?s){Literal(start)}.*",
        { EndsWith: { } end } => $"(?s).*{Literal(end)}",
        { Contains: { } part } => $"(?s).*{Literal(part)}.*",
        _ => throw new InvalidReferenceException("a rule asks for nothing; give one of 'is', 'startsWith', 'endsWith' and 'contains'"),
    };

    // Every ASCII character that is neither letter nor digit is escaped, so that none of them means anything to the operator.
    private static string Literal(string text)
    {
        StringBuilder pattern = new();
        foreach (char character in text)
        {
            if (char.IsAscii(character) && !char.IsAsciiLetterOrDigit(character))
            {
                pattern.Append('\\');
            }

            pattern.Append(character);
        }

        return pattern.ToString();
    }
}
