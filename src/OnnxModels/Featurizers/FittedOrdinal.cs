using System.Collections.Immutable;
using Lifecycle.Domain.Models;
using DataType = Lifecycle.OnnxModels.Protocol.TensorProto.Types.DataType;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>The position of the row's level in the definition's list; −1 for any other and for a missing value.</summary>
internal sealed record FittedOrdinal(LevelTable Table) : FittedTransform([$"ordinal({Table.Column.Name})"])
{
    /// <exception cref="InvalidFeatureViewException">The column has no such level, or two of them are the same.</exception>
    public static FittedOrdinal Of(RowTransform.Ordinal definition, TrainingColumn column)
    {
        ImmutableArray<string> keys = [.. definition.Levels.Select(level => column.KeyOf(level) ?? throw new InvalidFeatureViewException(
            $"levels of an ordinal over '{column.Column.Name}' names '{level}', which no value of type {column.Column.Type} is"))];
        return keys.IsEmpty || keys.Distinct(StringComparer.Ordinal).Count() != keys.Length
            ? throw new InvalidFeatureViewException($"levels of an ordinal over '{column.Column.Name}' is empty, or names one of them twice")
            : new FittedOrdinal(new LevelTable(column.Column, keys, Unknown: -1));
    }

    public override string Compile(FeaturizerGraph graph)
    {
        ColumnNodes nodes = graph[Table.Column];
        return nodes.Cast("ordinal", Table.Compile(nodes, "ordinal"), DataType.Float);
    }
}
