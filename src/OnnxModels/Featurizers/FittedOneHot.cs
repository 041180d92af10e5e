using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>One feature for each level that has a place, and one for all others if they have their own.</summary>
internal sealed record FittedOneHot(LevelTable Table, ImmutableArray<string> Names) : FittedTransform(Names)
{
    public static FittedOneHot Fit(RowTransform.OneHot definition, TrainingColumn column)
    {
        LevelCodes levels = column.Levels;
        ImmutableArray<string> keys = [.. levels.Frequent(definition.MinimumCount, definition.MaximumTerms).Select(level => levels.Keys[level.Code])];
        LevelTable table = new(column.Column, keys, Unknown: keys.Length);
        ImmutableArray<string> names = [.. keys.Select(table.NameOf)];
        return new FittedOneHot(table, keys.IsEmpty || definition.Unknown == UnknownLevel.None ? names : names.Add($"{column.Column.Name}:other"));
    }

    // A place past the last feature is all zeros.
    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[Table.Column];
        string places = nodes.Node("Reshape", "one_hot_places", [Table.Compile(nodes, "one_hot"), nodes.Integers("rows", [-1], 1)]);
        return nodes.Node("OneHot", "one_hot", [places, nodes.Integer("one_hot_depth", Names.Length), nodes.Floats("off_and_on", [0, 1], 2)], Attributes.Integer("axis", -1));
    }
}
