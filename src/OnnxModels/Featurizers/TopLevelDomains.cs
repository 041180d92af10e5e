using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>One-hot of the last labels that are frequent.</summary>
internal sealed record TopLevelDomains(InputColumn Column, ImmutableArray<string> Labels, ImmutableArray<string> Names) : FittedTransform(Names)
{
    /// <summary>Counts the rows of every last label and keeps the frequent ones.</summary>
    public static TopLevelDomains Fit(RowTransform.TopLevelDomainOneHot definition, TrainingColumn column)
    {
        LevelCodes codes = LevelCodes.Of(column.Count, row => column.Texts[row][(column.Texts[row].LastIndexOf('.') + 1)..]);
        ImmutableArray<string> labels = [.. codes.Frequent(definition.MinimumCount, definition.MaximumTerms).Select(level => codes.Keys[level.Code])];
        return new TopLevelDomains(column.Column, labels, [.. labels.Select(label => column.NameOf("tld", label))]);
    }

    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[Column];
        string one = nodes.Integer("one", 1);

        // The dot in front lets every row have a label to gather, an empty text included.
        string dotted = nodes.Node("StringConcat", "dotted", [nodes.Text("dot", "."), nodes.Lower]);
        nodes.Node("StringSplit", ["labels", "label_count"], [dotted], Attributes.Text("delimiter", "."));
        string last = nodes.Node("Sub", "last_label", [nodes.Name("label_count"), one]);
        string column = nodes.Node("Unsqueeze", "last_label_column", [last, one]);
        string domain = nodes.Node("GatherElements", "top_level_domain", [nodes.Name("labels"), column], Attributes.Integer("axis", 1));
        return nodes.CountTerms("top_level_domain_one_hot", domain, [.. Labels.Select(label => (IReadOnlyList<string>)[label])]);
    }
}
