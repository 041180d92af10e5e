using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>The share of the TrainingSet's rows that have the row's level; 0 for a level without a place.</summary>
internal sealed record FittedFrequency(LevelTable Table, ImmutableArray<float> Shares)
    : FittedTransform(Table.Keys.IsEmpty ? [] : [$"frequency({Table.Column.Name})"])
{
    public static FittedFrequency Fit(RowTransform.Frequency definition, TrainingColumn column)
    {
        LevelCodes levels = column.Levels;
        (int Code, int Rows)[] kept = levels.Frequent(definition.MinimumCount, definition.MaximumTerms);
        LevelTable table = new(column.Column, [.. kept.Select(level => levels.Keys[level.Code])], Unknown: kept.Length);
        return new FittedFrequency(table, [.. kept.Select(level => (float)((double)level.Rows / column.Count)), 0]);
    }

    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[Table.Column];
        string shares = nodes.Floats("frequency_shares", [.. Shares], Shares.Length);
        return nodes.Node("Gather", "frequency", [shares, Table.Compile(nodes, "frequency")], Attributes.Integer("axis", 0));
    }
}
