using System.Collections.Immutable;
using System.Text;
using Lifecycle.Domain.Models;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.References;

/// <summary>
/// Writes a <see cref="TextReference"/> as a graph with the signature of a trained one: <c>input</c> (string [N], raw text) to
/// <c>probability</c> (float [N], of label 1). Whoever serves it does not know the difference. The same reference gives the
/// same bytes. Format: docs/formats/model-onnx.md.
/// </summary>
public static class ReferenceGraph
{
    // No probability: what the lookup answers for a text that it does not know.
    private const float Unknown = -1;

    /// <summary>Compiles a reference.</summary>
    /// <param name="reference">What to say.</param>
    /// <param name="view">Says what an input is; the same rules as for a trained model.</param>
    /// <param name="metadata">Properties that the file carries.</param>
    public static byte[] Compose(TextReference reference, FeatureView view, ImmutableSortedDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(metadata);
        if (reference.Known.IsEmpty && reference.Rules.IsEmpty)
        {
            throw new InvalidReferenceException("it knows no text and has no rule");
        }

        GraphProto graph = new() { Name = "reference" };
        graph.Input.Add(Tensors.Declare(GraphSignature.InputName, DataType.String));
        Append(new GraphWriter(graph), reference);
        graph.Output.Add(Tensors.Declare(GraphSignature.ProbabilityName, DataType.Float));
        Dictionary<string, string> properties = metadata.Concat(InputRules.For(view).ToMetadata()).ToDictionary();
        return GraphWriter.Serialize(graph, properties);
    }

    private static void Append(GraphWriter writer, TextReference reference)
    {
        string text = new FeaturizerGraph(writer, GraphSignature.InputName).Lower;
        if (reference.Rules.IsEmpty)
        {
            Lookup(writer, GraphSignature.ProbabilityName, text, reference, reference.Otherwise);
            return;
        }

        string ruled = Rules(writer, text, reference, reference.Known.IsEmpty ? GraphSignature.ProbabilityName : "ruled");
        if (!reference.Known.IsEmpty)
        {
            string known = Lookup(writer, "known", text, reference, Unknown);
            string zero = writer.Constant(Tensors.Floats("zero", [0], 1));
            string isUnknown = writer.Node(OperatorDomains.Standard, "Less", "is_unknown", [known, zero]);
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
        string answer = writer.Constant(Tensors.Floats("otherwise", [reference.Otherwise], 1));
        for (int rule = reference.Rules.Length - 1; rule >= 0; rule--)
        {
            string fits = writer.Node(
                OperatorDomains.Standard, "RegexFullMatch", $"fits_{rule}", [text], Attributes.Text("pattern", Pattern(reference.Rules[rule])));
            string probability = writer.Constant(Tensors.Floats($"probability_{rule}", [(float)reference.Rules[rule].Probability], 1));
            answer = writer.Node(OperatorDomains.Standard, "Where", rule == 0 ? output : $"answer_{rule}", [fits, probability, answer]);
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
