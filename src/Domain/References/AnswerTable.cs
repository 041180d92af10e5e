using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.References;

/// <summary>Answers by the values of some columns; what is not in it has no answer.</summary>
/// <param name="Columns">The columns; at least one.</param>
/// <param name="Rows">The answers, each combination of values once.</param>
public sealed record AnswerTable(ImmutableArray<KeyColumn> Columns, ImmutableArray<TableRow> Rows)
{
    /// <summary>The columns in words.</summary>
    [JsonIgnore]
    public string Name => NameOf(Columns);

    /// <summary>Columns in words.</summary>
    public static string NameOf(ImmutableArray<KeyColumn> columns) =>
        string.Join(" and ", columns.Select(column => column.Edges.IsEmpty ? column.Name : FormattableString.Invariant($"{column.Name} in {column.Bins.Length} bins")));

    /// <summary>Reads each column's value of a row.</summary>
    /// <exception cref="ArgumentException">The rows lack a column.</exception>
    public static IEnumerable<Func<int, object>> ReadersOf(ImmutableArray<KeyColumn> columns, InputRows inputs)
    {
        foreach (KeyColumn key in columns)
        {
            int place = inputs.Schema.IndexOf(key.Name);
            if (place < 0)
            {
                throw new ArgumentException($"The rows have no column '{key.Name}'.", nameof(inputs));
            }

            (InputColumn column, InputValues values) = (inputs.Schema.Columns[place], inputs.Columns[place]);
            yield return row => key.ValueOf(column, values, row);
        }
    }

    /// <summary>Position of each row's answer in <see cref="Rows"/>; -1 where it has none.</summary>
    public int[] Find(InputRows inputs, int rowCount)
    {
        KeyCodes codes = new();
        codes.Learn(Rows.Length, Columns.Select((key, place) => Reader(key, place, inputs.Schema)));
        return codes.Find(rowCount, ReadersOf(Columns, inputs));
    }

    private Func<int, object> Reader(KeyColumn key, int place, InputSchema schema)
    {
        InputColumn column = schema.Columns[schema.IndexOf(key.Name)];
        return row => key.Parse(column, Rows[row].Values[place]);
    }
}

/// <summary>One answer of a table.</summary>
/// <param name="Values">The values in the order of the columns; null is a missing one.</param>
/// <param name="Answer">The numbers of the answer.</param>
public sealed record TableRow(ImmutableArray<string?> Values, ImmutableArray<float> Answer);
