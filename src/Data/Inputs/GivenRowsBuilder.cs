using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Inputs;

/// <summary>Collects rows, each read whole before any of its values counts.</summary>
internal sealed class GivenRowsBuilder(InputSchema schema)
{
    private readonly ImmutableArray<GivenColumn> columns = [.. schema.Columns.Select(column => new GivenColumn(column))];
    private readonly ImmutableArray<GivenRow>.Builder rows = ImmutableArray.CreateBuilder<GivenRow>();

    /// <summary>Adds a row.</summary>
    /// <param name="line">Where it begins; null where it has no line.</param>
    /// <param name="texts">Its values in the order of the schema.</param>
    /// <param name="fault">Why it cannot be read, where that is known already.</param>
    /// <returns>The row, with its fault.</returns>
    public GivenRow Add(long? line, ImmutableArray<string?> texts, string? fault)
    {
        ImmutableArray<GivenValue> values = [.. schema.Columns.Zip(texts, GivenValue.Read)];
        GivenRow row = new(line, texts, fault ?? values.FirstOrDefault(value => value.Fault is not null).Fault);
        rows.Add(row);
        for (int i = 0; row.Fault is null && i < columns.Length; i++)
        {
            columns[i].Add(values[i]);
        }

        return row;
    }

    /// <summary>The rows so far.</summary>
    public GivenRows ToRows() => new(rows.ToImmutable(), new InputRows(schema, [.. columns.Select(column => column.ToValues())]));
}
