using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Inputs;
using Lifecycle.Data.Rows;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Predictions;

/// <summary>
/// Labels that came back from serving, as rows to learn from: each input once, with the label that was known last by the cutoff,
/// when it became known, and who said so. Labels that name only a request get its input from the prediction log; labels that are none of the
/// target's, and rows of inputs that do not fit the schema, are passed over. The same parts give the same bytes, in whatever order they came.
/// </summary>
public static class FeedbackRows
{
    private const string RowsFile = "feedback.parquet";

    /// <summary>
    /// Writes the columns <c>input</c>, <c>label</c>, <c>known_time</c> and <c>source</c>, sorted by input; no labels give no rows. The input is
    /// the one text, or a struct of the schema's columns. The label is 0 or 1, the value, or the name of the class.
    /// </summary>
    /// <param name="parts">All labels known by the cutoff, and the predictions that they may belong to.</param>
    /// <param name="cutoff">Last day, in UTC, whose labels count.</param>
    /// <param name="schema">What the model reads.</param>
    /// <param name="target">What its labels are.</param>
    /// <param name="parquetPath">Where the rows are written; appears complete or not at all.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work and leaves nothing behind.</param>
    /// <exception cref="InvalidDataSourceException">A part is damaged or not of the log's format.</exception>
    public static void Write(
        WindowParts parts, DateOnly cutoff, InputSchema schema, Target target, string parquetPath, DataLimits limits, CancellationToken cancellation = default) =>
        new DataWork(string.Create(CultureInfo.InvariantCulture, $"reading the feedback known by {cutoff:yyyy-MM-dd}"), limits).Run(
            token =>
            {
                using StagingFolder staging = new(parquetPath);
                using DuckSession session = WindowQueries.Open(parts, staging, limits, token);
                session.Execute($"CREATE TEMP TABLE told AS {Told(parts, cutoff, target)}");
                session.WriteParquet(Latest(schema.OnlyText is not null ? "told" : Structs(session, schema)), "input", staging.File(RowsFile));
                staging.Publish(RowsFile, parquetPath);
                return true;
            },
            cancellation);

    private static string Latest(string rows) => $"""
        SELECT input, label, known_time, source FROM {rows} WHERE input IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY input ORDER BY known_time DESC, label DESC, source) = 1
        """;

    private static string Told(WindowParts parts, DateOnly cutoff, Target target)
    {
        string end = Sql.Time(cutoff < DateOnly.MaxValue ? new DateTimeOffset(cutoff.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) : DateTimeOffset.MaxValue);
        (string label, string isSound) = target switch
        {
            { Answer: AnswerForm.Probabilities } => ("class", $"class IN ({string.Join(", ", target.ClassNames.Select(Sql.Literal))})"),
            { ClassNames.IsEmpty: true } => ("label", "label IS NOT NULL"),
            _ => ("label::TINYINT", "label IN (0, 1)"),
        };
        return $"""
            WITH labels AS (SELECT * FROM ({LogColumns.Labels.Read(Full(parts.Labels))}) WHERE known_time < {end} AND {isSound}),
            asked AS (
                SELECT request_id, input FROM ({LogColumns.Predictions.Read(Full(parts.Predictions), "features")})
                WHERE known_time < {end} AND request_id IN (SELECT request_id FROM labels WHERE input IS NULL)
                QUALIFY row_number() OVER (PARTITION BY request_id ORDER BY known_time, time, input) = 1)
            SELECT coalesce(labels.input, asked.input) AS input, {label} AS label, known_time, source
            FROM labels LEFT JOIN asked USING (request_id)
            """;
    }

    // What the reader of logged rows takes is written as text, and is of its type for sure.
    private static string Structs(DuckSession session, InputSchema schema)
    {
        ImmutableArray<string> texts = session.Rows("SELECT DISTINCT input FROM told WHERE input IS NOT NULL ORDER BY input", row => row.GetString(0));
        GivenRows given = RowText.Read(schema, texts);
        string columns = string.Join(", ", Enumerable.Range(0, schema.Columns.Length).Select(place => $"c{place} VARCHAR"));
        session.Execute($"CREATE TEMP TABLE given (input VARCHAR, {columns})");
        session.Append("given", texts.Zip(given.Rows).Where(row => row.Second.Fault is null), (to, row) =>
        {
            to.AppendValue(row.First);
            foreach (string? value in row.Second.Values)
            {
                to.AppendValue(value);
            }
        });
        string fields = string.Join(", ", schema.Columns.Select((column, place) => $"{Sql.Name(column.Name)} := c{place}::{SplitColumns.StoredType(column)}"));
        return $"(SELECT struct_pack({fields}) AS input, label, known_time, source FROM told JOIN given USING (input))";
    }

    private static ImmutableArray<string> Full(ImmutableArray<string> paths) => [.. paths.Select(Path.GetFullPath)];
}
