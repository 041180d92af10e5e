using Lifecycle.Domain.Schemas;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>The featurizer's graph while it is written: the columns with what transforms share of them.</summary>
internal sealed class FeaturizerGraph
{
    private readonly Dictionary<string, ColumnNodes> columns;

    /// <param name="writer">Writes the graph.</param>
    /// <param name="schema">Its columns.</param>
    /// <param name="fold">The input with the rows' folds; null in the graph that ships.</param>
    public FeaturizerGraph(GraphWriter writer, InputSchema schema, string? fold = null)
    {
        Fold = fold;
        columns = schema.Columns.ToDictionary(column => column.Name, column => new ColumnNodes(writer, column), StringComparer.Ordinal);
    }

    /// <summary>The input with the rows' folds, int64 [N, 1]; null in the graph that ships.</summary>
    public string? Fold { get; }

    /// <summary>The nodes over a column.</summary>
    public ColumnNodes this[InputColumn column] => columns[column.Name];
}
