using System.Collections.Immutable;
using System.Data.Common;
using DuckDB.NET.Data;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Scoring;

/// <summary>Writes and reads the rows of a partition, before and after scoring. The same rows give the same bytes.</summary>
public static class ScoringRows
{
    private const string Declaration =
        "number BIGINT, source VARCHAR, line BIGINT, request_id VARCHAR, time TIMESTAMP, input VARCHAR, scored VARCHAR, prediction FLOAT, refusal VARCHAR, label VARCHAR, answers FLOAT[]";

    private const string Columns = "number, source, line, request_id, time, input, scored, prediction, refusal";

    /// <summary>Writes rows to a Parquet file, in the order of their numbers.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="classes">The classes whose probabilities are written too, as <c>label</c> and <c>probabilities</c>; none where an answer is one number.</param>
    /// <param name="parquetPath">Where they are written.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Write(
        IReadOnlyCollection<ScoringRow> rows, ImmutableArray<string> classes, string parquetPath, DataLimits limits, CancellationToken cancellation = default) =>
        new DataWork("writing scored rows", limits).Run(
            token =>
            {
                using StagingFolder staging = new(parquetPath);
                using DuckSession session = DuckSession.Open(limits, [staging.Path], staging.Path, token);
                session.Execute($"CREATE TABLE rows ({Declaration})");
                session.Append("rows", rows, Append);
                session.WriteParquet($"SELECT {Columns}{Probabilities(classes)} FROM rows", "number", staging.File("rows.parquet"));
                staging.Publish("rows.parquet", parquetPath);
                return true;
            },
            cancellation);

    /// <summary>Reads all rows of a partition.</summary>
    /// <exception cref="InvalidDataSourceException">The file is missing, damaged or no partition.</exception>
    public static ImmutableArray<ScoringRow> Read(string parquetPath, DataLimits limits)
    {
        using ParquetFile file = new(parquetPath, limits);
        return [.. file.Rows(Columns).Select(Read)];
    }

    private static void Append(IDuckDBAppenderRow to, ScoringRow row) => to
        .AppendValue(row.Number).AppendValue(row.Source).AppendValue(row.Line).AppendValue(row.RequestId).AppendValue(row.Time.UtcDateTime)
        .AppendValue(row.Input).AppendValue(row.Scored).AppendValue(row.Prediction).AppendValue(row.Refusal)
        .AppendValue(row.Label).AppendValue(row.Answers.IsEmpty ? null : row.Answers.AsEnumerable());

    private static string Probabilities(ImmutableArray<string> classes) =>
        classes.IsEmpty ? "" : $", label, CASE WHEN label IS NOT NULL THEN map([{string.Join(", ", classes.Select(Sql.Literal))}], answers) END AS probabilities";

    private static ScoringRow Read(DbDataReader row) => new()
    {
        Number = row.GetInt64(0),
        Source = row.GetString(1),
        Line = row.GetInt64(2),
        RequestId = row.GetString(3),
        Time = new DateTimeOffset(row.GetDateTime(4), TimeSpan.Zero),
        Input = Text(row, 5),
        Scored = Text(row, 6),
        Prediction = row.IsDBNull(7) ? null : row.GetFloat(7),
        Refusal = Text(row, 8),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
