using System.Collections.Immutable;

namespace Lifecycle.Domain.Schemas;

/// <summary>The raw columns that a caller sends to a model, in the order of the graph's inputs.</summary>
/// <param name="Columns">The columns; at least one, each name once.</param>
public sealed record InputSchema(ImmutableArray<InputColumn> Columns)
{
    /// <summary>The column of a model that reads one text; null for any other model.</summary>
    public InputColumn? OnlyText => Columns is [{ Type: InputType.Text or InputType.HostName } only] ? only : null;

    /// <summary>Position of a column; -1 if there is none of that name.</summary>
    public int IndexOf(string name) => Columns.IndexOf(Columns.FirstOrDefault(column => column.Name == name)!);

    /// <inheritdoc/>
    public bool Equals(InputSchema? other) => other is not null && Columns.SequenceEqual(other.Columns);

    /// <inheritdoc/>
    public override int GetHashCode() => Columns.Aggregate(0, HashCode.Combine);
}
