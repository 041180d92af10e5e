using System.Collections.Immutable;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Predictions;

/// <summary>
/// Columns of the log's files with their database types, in the order of the files. Files of earlier versions lack the columns that came
/// later; these are null in them.
/// </summary>
/// <param name="first">Columns that every file has.</param>
/// <param name="later">Columns that came later.</param>
internal sealed class LogColumns(ImmutableArray<(string Name, string DatabaseType)> first, params ImmutableArray<(string Name, string DatabaseType)> later)
{
    private readonly ImmutableArray<(string Name, string DatabaseType)> columns = [.. first, .. later];

    /// <summary>Columns of predictions.</summary>
    public static LogColumns Predictions { get; } = new(
        [
            ("time", "TIMESTAMP"),
            ("known_time", "TIMESTAMP"),
            ("request_id", "VARCHAR"),
            ("model_digest", "VARCHAR"),
            ("channel_version", "BIGINT"),
            ("input", "VARCHAR"),
            ("features", "FLOAT[]"),
            ("prediction", "FLOAT"),
            ("refusal", "VARCHAR"),
            ("latency_microseconds", "FLOAT"),
        ],
        ("answers", "FLOAT[]"));

    /// <summary>Columns of labels.</summary>
    public static LogColumns Labels { get; } = new(
        [
            ("request_id", "VARCHAR"),
            ("input", "VARCHAR"),
            ("label", "DOUBLE"),
            ("known_time", "TIMESTAMP"),
            ("source", "VARCHAR"),
        ],
        ("class", "VARCHAR"));

    /// <summary>The columns as a table's declaration.</summary>
    public string Declaration => string.Join(", ", columns.Select(column => $"{column.Name} {column.DatabaseType}"));

    /// <summary>A query of all rows of some parts without the columns named; of no parts, a query without rows.</summary>
    public string Read(ImmutableArray<string> paths, params string[] without)
    {
        ImmutableArray<(string Name, string DatabaseType)> read = [.. columns.Where(column => !without.Contains(column.Name))];
        return paths.IsDefaultOrEmpty
            ? $"SELECT {Nulls(read)} WHERE false"
            : $"SELECT {string.Join(", ", read.Select(column => $"{column.Name}::{column.DatabaseType} AS {column.Name}"))} "
                + $"FROM (SELECT * FROM read_parquet({Sql.Literals(paths)}, union_by_name = true) UNION ALL BY NAME SELECT {Nulls(later)} WHERE false)";
    }

    private static string Nulls(ImmutableArray<(string Name, string DatabaseType)> columns) =>
        string.Join(", ", columns.Select(column => $"NULL::{column.DatabaseType} AS {column.Name}"));
}
