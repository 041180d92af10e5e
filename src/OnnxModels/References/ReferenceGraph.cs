using System.Collections.Immutable;
using Lifecycle.Domain.References;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Export;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Protocol;
using Lifecycle.OnnxModels.Scoring;

namespace Lifecycle.OnnxModels.References;

/// <summary>
/// Writes a <see cref="FittedReference"/> as a graph with the signature of a trained one: one input for each column, and the outputs of
/// the target. Whoever serves it does not know the difference. The same reference gives the same bytes. Format: docs/formats/model-onnx.md.
/// </summary>
public static class ReferenceGraph
{
    /// <summary>Compiles a reference.</summary>
    /// <param name="reference">What to say.</param>
    /// <param name="schema">The model's columns, all of which become inputs; the same rules as for a trained model.</param>
    /// <param name="metadata">Properties that the file carries.</param>
    /// <exception cref="InvalidReferenceException">It says the same of everything.</exception>
    public static byte[] Compose(FittedReference reference, InputSchema schema, ImmutableSortedDictionary<string, string> metadata)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(metadata);
        if (!reference.ReadsRows)
        {
            throw new InvalidReferenceException("it knows no row, has no rule and no group");
        }

        GraphProto graph = new() { Name = "reference" };
        graph.Input.AddRange(GraphSignature.Inputs(schema));
        GraphWriter writer = new(graph);
        AnswerNodes.Declare(graph, writer, Answers(new ReferenceNodes(writer, schema, reference.Target), reference), reference.Target);
        return GraphWriter.Serialize(graph, metadata.Concat(GraphContract.MetadataOf(schema)).Concat(GraphContract.MetadataOf(reference.Target)).ToDictionary());
    }

    // From the last to the first, so that the first has the last word.
    private static string Answers(ReferenceNodes nodes, FittedReference reference)
    {
        string answer = nodes.Constant("otherwise", reference.Otherwise);
        for (int group = reference.Groups.Length - 1; group >= 0; group--)
        {
            answer = nodes.Table(FormattableString.Invariant($"group_{group}"), reference.Groups[group], answer);
        }

        for (int rule = reference.Rules.Length - 1; rule >= 0; rule--)
        {
            answer = nodes.Rule(FormattableString.Invariant($"rule_{rule}"), reference.Rules[rule], answer);
        }

        return reference.Lookup is { Rows.IsEmpty: false } lookup ? nodes.Table("lookup", lookup, answer) : answer;
    }
}
