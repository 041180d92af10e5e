using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Inputs;

/// <summary>
/// A file of rows for a model: CSV, TSV, JSON or Parquet, told by its content. What is wrong with its columns refuses the file; what is
/// wrong with a value refuses its row, and more than ten such rows that are more than 5 % of all refuse the file.
/// </summary>
public static class GivenTable
{
    /// <summary>Reads all rows.</summary>
    /// <param name="path">Where the file lies.</param>
    /// <param name="name">Its name for people.</param>
    /// <param name="schema">What the model reads.</param>
    /// <param name="ignored">Columns that may be there and are not read.</param>
    /// <param name="limits">What reading may use.</param>
    /// <exception cref="InvalidDataSourceException">It is no table, its columns are not the schema's, it has no rows, or too many are refused.</exception>
    public static GivenRows Read(string path, string name, InputSchema schema, IReadOnlyCollection<string> ignored, DataLimits limits)
    {
        ImmutableArray<InputColumn> found = [];
        TableFile file = TableFile.Open(path, name, columns => [.. (found = Choose(name, schema, ignored, columns)).Select(TypedColumn.Of)], limits);
        ImmutableArray<int> places = [.. schema.Columns.Select(column => found.IndexOf(column))];
        GivenRowsBuilder rows = new(schema);
        RefusedRows refused = new(name);
        foreach (TextRecord record in file.Rows())
        {
            refused.Count(record.Line, rows.Add(record.Line, [.. places.Select(place => place < 0 ? null : record.Fields[place])], record.Fault).Fault);
        }

        refused.Judge(RefusedRows.TakenShare);
        return rows.ToRows();
    }

    /// <summary>The columns of a schema that a file has, judged by their names and types.</summary>
    /// <exception cref="InvalidDataSourceException">The columns are not the schema's.</exception>
    internal static ImmutableArray<InputColumn> Choose(string name, InputSchema schema, IReadOnlyCollection<string> ignored, ImmutableArray<TableColumn> columns)
    {
        if (new GivenNames(schema, ignored).ProblemOf([.. columns.Select(column => column.Name)]) is var (named, problem))
        {
            long? line = columns.FirstOrDefault(column => column.Name == named)?.Line;
            throw new InvalidDataSourceException(string.Create(CultureInfo.InvariantCulture, $"{ShownText.Of(name)}{(line is null ? "" : $", line {line}")}: {problem}"));
        }

        ImmutableArray<InputColumn> chosen = [.. schema.Columns.Where(column => columns.Any(one => one.Name == column.Name))];
        foreach (InputColumn column in chosen)
        {
            if (columns.First(one => one.Name == column.Name).Type is { } type && !Fits(type, column.Type))
            {
                throw new InvalidDataSourceException(
                    $"{ShownText.Of(name)}: column '{ShownText.Of(column.Name)}' is of type {LogicalTypes.Name(type)}; expected {GivenValue.Expected(column)}: write the file with the column as {LogicalTypes.Name(TypedColumn.Of(column).Type!.Value)}");
            }
        }

        return chosen;
    }

    private static bool Fits(ColumnType found, InputType wanted) => (found, wanted) switch
    {
        (ColumnType.Integer, InputType.Number or InputType.Integer or InputType.Boolean) => true,
        (ColumnType.Number, InputType.Number) => true,
        (ColumnType.Boolean, InputType.Boolean) => true,
        (ColumnType.Timestamp, InputType.Timestamp) => true,
        (ColumnType.Text, InputType.Text or InputType.HostName or InputType.Category) => true,
        _ => false,
    };
}
