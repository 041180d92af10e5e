using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Rows;

/// <summary>Rows as a model reads them: one column of values for each column of its schema.</summary>
/// <param name="Schema">The columns' names and types.</param>
/// <param name="Columns">Their values, in the order of the schema.</param>
public sealed record InputRows(InputSchema Schema, ImmutableArray<InputValues> Columns)
{
    /// <summary>Number of rows.</summary>
    public int Count => Columns is [var first, ..] ? first.Count : 0;

    /// <summary>Rows of a model that reads one text.</summary>
    public static InputRows OfTexts(InputSchema schema, IEnumerable<string> texts) => new(schema, [new InputValues.Texts([.. texts])]);

    /// <summary>The rows of a range.</summary>
    public InputRows Slice(Range rows) => this with { Columns = [.. Columns.Select(column => column.Slice(rows))] };

    /// <summary>Some of the rows, in the order that is asked for.</summary>
    public InputRows Take(int[] rows) => this with { Columns = [.. Columns.Select(column => column.Take(rows))] };
}
