using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;

namespace Lifecycle.Data.Tables;

/// <summary>A Parquet file that somebody else wrote: its columns as texts. Binary and nested columns are none.</summary>
internal sealed class ParquetTable : IDisposable
{
    private const string Text = "VARCHAR";

    private readonly string name;
    private readonly ParquetFile file;
    private readonly ImmutableArray<(string Name, string Type)> columns;

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataSourceException">It is damaged or beyond the bounds.</exception>
    public ParquetTable(string path, string name, DataLimits limits)
    {
        this.name = ShownText.Of(name);
        file = new ParquetFile(path, limits, this.name);
        try
        {
            columns = file.TypedColumns();
            RefuseLarge();
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Names of all columns.</summary>
    public ImmutableArray<string> Names => [.. columns.Select(column => column.Name)];

    /// <summary>All columns, with their types.</summary>
    public ImmutableArray<TableColumn> Columns => [.. columns.Select(column => new TableColumn(column.Name, Line: null, LogicalTypes.Of(column.Type)))];

    /// <summary>Reads all texts once: a NUL refuses the file.</summary>
    public void Check()
    {
        ImmutableArray<string> texts = [.. columns.Where(column => column.Type == Text).Select(column => column.Name)];
        foreach (TextRecord unused in texts is [] ? [] : Rows(texts))
        {
        }
    }

    /// <summary>The rows, one by one.</summary>
    /// <param name="wanted">Names of the columns.</param>
    /// <param name="wallClocks">Those whose times have no zone, where the file does not say one.</param>
    public IEnumerable<TextRecord> Rows(ImmutableArray<string> wanted, params ImmutableArray<string> wallClocks)
    {
        string selection = string.Join(", ", wanted.Select(column => Expression(column, columns.First(one => one.Name == column).Type, wallClocks.Contains(column))));
        long line = 0;
        foreach (DbDataReader row in file.Rows(selection))
        {
            line++;
            yield return new TextRecord(line, [.. wanted.Select((column, at) => row.IsDBNull(at) ? null : Sound(row.GetString(at), column, line))]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private string Sound(string text, string column, long line) =>
        text.Contains('\0', StringComparison.Ordinal) ? throw Refuse(line, $"column '{ShownText.Of(column)}' holds a NUL, which no text has")
        : text.Length > TableBounds.CellCharacters ? throw Refuse(line, string.Create(CultureInfo.InvariantCulture, $"column '{ShownText.Of(column)}' is longer than {TableBounds.CellCharacters} characters"))
        : text;

    private InvalidDataSourceException Refuse(long line, string reason) => new(string.Create(CultureInfo.InvariantCulture, $"{name}, row {line}: {reason}"));

    // Parquet's timestamps are UTC, whether they say so or not, unless the column is a wall clock: there is no zone of a file.
    private string Expression(string column, string type, bool isWallClock) => type switch
    {
        Text or "BOOLEAN" or "DATE" or "FLOAT" or "DOUBLE" or "UUID" => $"{Sql.Name(column)}::VARCHAR",
        _ when type.EndsWith("INT", StringComparison.Ordinal) || type.EndsWith("INTEGER", StringComparison.Ordinal) => $"{Sql.Name(column)}::VARCHAR",
        _ when type.StartsWith("DECIMAL(", StringComparison.Ordinal) && type.EndsWith(')') => $"{Sql.Name(column)}::VARCHAR",
        _ when type.StartsWith("TIMESTAMP", StringComparison.Ordinal) && !type.EndsWith(']') =>
            $"CASE WHEN isfinite({Sql.Name(column)}) THEN strftime(make_timestamp(epoch_us({Sql.Name(column)})), '%Y-%m-%dT%H:%M:%S.%f{(isWallClock && !LogicalTypes.HasZone(type) ? "" : "Z")}') ELSE {Sql.Name(column)}::VARCHAR END",
        _ => throw new InvalidDataSourceException($"column '{ShownText.Of(column)}' of {name} is {ShownText.Of(type)}; expected text, numbers, booleans or times"),
    };

    private void RefuseLarge()
    {
        if (columns.Length > TableBounds.Columns)
        {
            throw new InvalidDataSourceException(string.Create(CultureInfo.InvariantCulture, $"{name} has {columns.Length} columns; expected at most {TableBounds.Columns}"));
        }

        if (file.LargestRowGroupBytes() is var bytes && bytes > TableBounds.RowGroupBytes)
        {
            throw new InvalidDataSourceException(
                string.Create(CultureInfo.InvariantCulture, $"{name} has a row group of {bytes} bytes; expected at most {TableBounds.RowGroupBytes}: write it with smaller row groups"));
        }
    }
}
