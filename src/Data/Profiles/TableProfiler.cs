using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Profiles;

/// <summary>Looks at a whole file of rows: types, missing values, ranges, levels. The types are those that every row has.</summary>
public static class TableProfiler
{
    private const string HostName = @"([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\.)+[A-Za-z][A-Za-z0-9-]{1,62}";

    /// <summary>Looks at a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="InvalidDataSourceException">It is missing, damaged or no table with a header, packed, or has no rows.</exception>
    public static TableProfile Look(string path, DataLimits limits, CancellationToken cancellation = default)
    {
        string name = Path.GetFileName(path);
        TableFile.Check(path, name, limits, cancellation);
        TableFormat format = FormatOf(path, name);
        string full = Path.GetFullPath(path);
        DirectoryInfo spill = Directory.CreateTempSubdirectory("lifecycle-");
        try
        {
            return new DataWork($"looking at {ShownText.Of(name)}", limits).Run(
                token =>
                {
                    using DuckSession session = DuckSession.Open(limits, [Path.GetDirectoryName(full)!], spill.FullName, token);
                    session.Execute($"CREATE TABLE given AS SELECT * FROM {Source(full, format)}");
                    if (format is TableFormat.Csv or TableFormat.Tsv)
                    {
                        KeepWords(session, full, format);
                    }

                    (string? date, string? time) = format is TableFormat.Csv or TableFormat.Tsv ? Clocks(session, full, format) : default;
                    return Look(session, name, format) with { DateFormat = date, TimestampFormat = time };
                },
                cancellation);
        }
        finally
        {
            spill.Delete(recursive: true);
        }
    }

    private static TableFormat FormatOf(string path, string name)
    {
        TableBytes bytes = new(path, name);
        return bytes switch
        {
            { Packing: not TablePacking.None } => throw new InvalidDataSourceException($"{ShownText.Of(name)} is packed; unpack it first"),
            { IsParquet: true } => TableFormat.Parquet,
            { IsJson: true } => TableFormat.Json,
            _ => Encoding.UTF8.GetString(bytes.Head).Split('\n')[0].Contains('\t', StringComparison.Ordinal) ? TableFormat.Tsv : TableFormat.Csv,
        };
    }

    // All rows are asked for the types: one row of a million that is no number makes its column a text.
    private static string Source(string path, TableFormat format) => format switch
    {
        TableFormat.Parquet => $"read_parquet({Sql.Literal(path)})",
        TableFormat.Json => $"read_json({Sql.Literal(path)}, sample_size = -1)",
        _ => $"read_csv({Delimited(path, format)})",
    };

    private static string Delimited(string path, TableFormat format) =>
        $"{Sql.Literal(path)}, header = true, sample_size = -1, delim = {(format == TableFormat.Tsv ? "'\\t'" : "','")}, quote = '\"', escape = '\"'";

    // The database takes 'yes' for true, and callers of a model may not: such a column stays the words that it has.
    private static void KeepWords(DuckSession session, string path, TableFormat format)
    {
        string[] booleans = [.. Described(session).Where(column => column.Type == "BOOLEAN").Select(column => column.Name)];
        if (booleans is [])
        {
            return;
        }

        session.Execute($"CREATE TABLE as_written AS SELECT * FROM read_csv({Delimited(path, format)}, types = {Texts(booleans)})");
        string[] words = [.. booleans.Where(name => session.Scalar<bool>(
            $"SELECT coalesce(bool_or(lower({Sql.Name(name)}) NOT IN ('true', 'false')), false) FROM as_written"))];
        if (words is not [])
        {
            session.Execute($"CREATE OR REPLACE TABLE given AS SELECT * FROM read_csv({Delimited(path, format)}, types = {Texts(words)})");
        }
    }

    private static string Texts(IEnumerable<string> columns) => $"{{{string.Join(", ", columns.Select(name => $"{Sql.Literal(name)}: 'VARCHAR'"))}}}";

    private static ImmutableArray<(string Name, string Type)> Described(DuckSession session) => session.Rows("DESCRIBE given", row => (row.GetString(0), row.GetString(1)));

    private static (string? Date, string? Time) Clocks(DuckSession session, string path, TableFormat format) => session.Rows(
        $"SELECT DateFormat, TimestampFormat FROM sniff_csv({Delimited(path, format)})",
        row => (Text(row, 0), Text(row, 1))).Single();

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) || row.GetString(column) is "" ? null : row.GetString(column);

    private static TableProfile Look(DuckSession session, string name, TableFormat format)
    {
        long rows = session.Scalar<long>("SELECT count(*) FROM given");
        return rows == 0
            ? throw new InvalidDataSourceException($"{ShownText.Of(name)} has no rows; was it written completely?")
            : new TableProfile(format, rows, [.. Described(session).Select(column => Look(session, column.Name, column.Type))]);
    }

    private static ColumnProfile Look(DuckSession session, string name, string databaseType)
    {
        string column = Sql.Name(name);
        ColumnType? type = LogicalTypes.Of(databaseType);
        bool isNumber = type is ColumnType.Integer or ColumnType.Number;
        string number = isNumber ? $"{column}::DOUBLE" : "NULL::DOUBLE";
        string time = type == ColumnType.Timestamp ? LogicalTypes.Timestamp(column, databaseType) : "NULL::TIMESTAMP";
        string text = type == ColumnType.Text ? $"{column}::VARCHAR" : "NULL::VARCHAR";
        ColumnProfile profile = session.Rows(
            $"""
            SELECT count(*) - count({column}), count(DISTINCT {column}), min({number}), max({number}), min({time}), max({time}), quantile_disc({time}, 0.8),
                coalesce(max(strlen({text})), 0)::BIGINT, coalesce(avg(contains({text}, ' ')::INTEGER), 0)::DOUBLE, coalesce(avg(regexp_full_match({text}, {Sql.Literal(HostName)})::INTEGER), 0)::DOUBLE
            FROM given
            """,
            row => new ColumnProfile
            {
                Name = name,
                DatabaseType = databaseType,
                Type = type,
                NullCount = row.GetInt64(0),
                DistinctCount = row.GetInt64(1),
                Minimum = Value<double>(row, 2),
                Maximum = Value<double>(row, 3),
                Earliest = Value<DateTime>(row, 4),
                Latest = Value<DateTime>(row, 5),
                LastFifth = Value<DateTime>(row, 6),
                LongestBytes = row.GetInt64(7),
                BlankShare = row.GetDouble(8),
                IsHostName = row.GetDouble(9) >= 0.99,
            }).Single();
        return profile.DistinctCount is 0 or > ColumnProfile.MaximumLevels || type is null or ColumnType.Timestamp ? profile : profile with
        {
            Levels = session.Rows(
                $"SELECT {column}::VARCHAR AS level, count(*) AS rows FROM given WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY rows DESC, level",
                row => new LevelCount(row.GetString(0), row.GetInt64(1))),
        };
    }

    private static T? Value<T>(DbDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
