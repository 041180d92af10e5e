using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Tables;

namespace Lifecycle.Data.Predictions;

/// <summary>
/// Labels that came back from serving, as rows to learn from: each input once, with the label that was known last by the cutoff,
/// when it became known, and who said so. Labels that name only a request get its input from the prediction log. The same
/// parts give the same bytes, in whatever order they came.
/// </summary>
public static class FeedbackRows
{
    private const string RowsFile = "feedback.parquet";

    /// <summary>Writes the columns <c>input</c>, <c>label</c>, <c>known_time</c> and <c>source</c>, sorted by input; no labels give no rows.</summary>
    /// <param name="parts">All labels known by the cutoff, and the predictions that they may belong to.</param>
    /// <param name="cutoff">Last day, in UTC, whose labels count.</param>
    /// <param name="parquetPath">Where the rows are written; appears complete or not at all.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work and leaves nothing behind.</param>
    /// <exception cref="InvalidDataSourceException">A part is damaged or not of the log's format.</exception>
    public static void Write(WindowParts parts, DateOnly cutoff, string parquetPath, DataLimits limits, CancellationToken cancellation = default) =>
        new DataWork(string.Create(CultureInfo.InvariantCulture, $"reading the feedback known by {cutoff:yyyy-MM-dd}"), limits).Run(
            token =>
            {
                using StagingFolder staging = new(parquetPath);
                using DuckSession session = WindowQueries.Open(parts, staging, limits, token);
                session.WriteParquet(Query(parts, cutoff), "input", staging.File(RowsFile));
                staging.Publish(RowsFile, parquetPath);
                return true;
            },
            cancellation);

    private static string Query(WindowParts parts, DateOnly cutoff)
    {
        string end = Sql.Time(cutoff < DateOnly.MaxValue ? new DateTimeOffset(cutoff.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MaxValue);
        return $"""
            WITH labels AS (SELECT * FROM ({LogColumns.Labels.Read(Full(parts.Labels))}) WHERE known_time < {end}),
            asked AS (
                SELECT request_id, input FROM ({LogColumns.Predictions.Read(Full(parts.Predictions), "features")})
                WHERE known_time < {end} AND request_id IN (SELECT request_id FROM labels WHERE input IS NULL)
                QUALIFY row_number() OVER (PARTITION BY request_id ORDER BY known_time, time, input) = 1),
            told AS (
                SELECT coalesce(labels.input, asked.input) AS input, label::TINYINT AS label, known_time, source
                FROM labels LEFT JOIN asked USING (request_id))
            SELECT input, label, known_time, source FROM told WHERE input IS NOT NULL
            QUALIFY row_number() OVER (PARTITION BY input ORDER BY known_time DESC, label DESC, source) = 1
            """;
    }

    private static ImmutableArray<string> Full(ImmutableArray<string> paths) => [.. paths.Select(Path.GetFullPath)];
}
