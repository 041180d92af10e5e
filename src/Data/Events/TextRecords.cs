using System.Collections.Immutable;
using System.Data.Common;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Events;

/// <summary>A file's column names and its rows as texts, whatever its format. Enumerate the rows once.</summary>
/// <param name="Columns">Names of the columns; null for plain lines.</param>
/// <param name="Rows">The rows.</param>
internal sealed record TextRecords(ImmutableArray<string>? Columns, IEnumerable<TextRecord> Rows)
{
    /// <summary>Opens a file by its extension: <c>.parquet</c>, <c>.csv</c> with a header, and anything else as plain lines.</summary>
    public static TextRecords Open(string path, string name, DataLimits limits) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".parquet" => OpenParquet(path, limits),
        ".csv" => OpenDelimited(path, name),
        _ => new TextRecords(null, ReadLines(path)),
    };

    private static TextRecords OpenParquet(string path, DataLimits limits)
    {
        using ParquetFile file = new(path, limits);
        ImmutableArray<string> columns = file.Columns();
        return new TextRecords(columns, ReadParquet(path, columns, limits));
    }

    private static IEnumerable<TextRecord> ReadParquet(string path, ImmutableArray<string> columns, DataLimits limits)
    {
        using ParquetFile file = new(path, limits);
        long line = 0;
        foreach (DbDataReader row in file.Rows(string.Join(", ", columns.Select(column => $"{Sql.Name(column)}::VARCHAR"))))
        {
            yield return new TextRecord(++line, [.. Enumerable.Range(0, columns.Length).Select(i => row.IsDBNull(i) ? null : row.GetString(i))]);
        }
    }

    private static TextRecords OpenDelimited(string path, string name)
    {
        using (StreamReader reader = new(path))
        {
            TextRecord header = new DelimitedText(reader).Read().FirstOrDefault()
                ?? throw new InvalidDataSourceException($"{name} is empty; expected a header that names the columns");
            return new TextRecords([.. header.Fields.Select(field => field ?? "")], ReadDelimited(path, header.Fields.Length));
        }
    }

    private static IEnumerable<TextRecord> ReadDelimited(string path, int width)
    {
        using StreamReader reader = new(path);
        foreach (TextRecord record in new DelimitedText(reader).Read().Skip(1))
        {
            yield return record.Fault is null && record.Fields.Length != width
                ? record with { Fault = $"has {record.Fields.Length} fields; expected {width}, as the header has" }
                : record;
        }
    }

    private static IEnumerable<TextRecord> ReadLines(string path)
    {
        long line = 0;
        foreach (string text in File.ReadLines(path))
        {
            yield return new TextRecord(++line, [text]);
        }
    }
}
