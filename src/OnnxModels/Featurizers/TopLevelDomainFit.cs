using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lifecycle.Domain.Models;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>Counts the rows of every last label and keeps the frequent ones.</summary>
internal sealed class TopLevelDomainFit(RowTransform.TopLevelDomainOneHot definition) : TransformFit
{
    private readonly Dictionary<string, int> rows = new(StringComparer.Ordinal);

    public override void See(string text, bool label) =>
        CollectionsMarshal.GetValueRefOrAddDefault(rows.GetAlternateLookup<ReadOnlySpan<char>>(), text.AsSpan(text.LastIndexOf('.') + 1), out _)++;

    public override FittedTransform Finish() => new TopLevelDomains(
        [.. rows
            .Where(count => count.Value >= definition.MinimumCount)
            .OrderByDescending(count => count.Value)
            .ThenBy(count => count.Key, StringComparer.Ordinal)
            .Take(definition.MaximumTerms)
            .Select(count => count.Key)]);

    private sealed record TopLevelDomains(ImmutableArray<string> Labels) : FittedTransform([.. Labels.Select(label => "tld:" + label)])
    {
        public override string Compile(FeaturizerGraph graph)
        {
            GraphWriter writer = graph.Writer;
            string one = writer.Constant(Tensors.Integers("one", [1], 1));

            // The dot in front lets every row have a label to gather, an empty text included.
            string dot = writer.Constant(Tensors.Text("dot", "."));
            string dotted = writer.Node(OperatorDomains.Standard, "StringConcat", "dotted", [dot, graph.Lower]);
            writer.Node(OperatorDomains.Standard, "StringSplit", ["labels", "label_count"], [dotted], Attributes.Text("delimiter", "."));
            string last = writer.Node(OperatorDomains.Standard, "Sub", "last_label", ["label_count", one]);
            string column = writer.Node(OperatorDomains.Standard, "Unsqueeze", "last_label_column", [last, one]);
            string domain = writer.Node(
                OperatorDomains.Standard, "GatherElements", "top_level_domain", ["labels", column], Attributes.Integer("axis", 1));
            return graph.CountTerms("top_level_domain_one_hot", domain, [.. Labels.Select(label => (IReadOnlyList<string>)[label])]);
        }
    }
}
