using System.Collections.Immutable;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Predictions;

/// <summary>The queries that read a window; ties are broken by every column, so that no choice is left to the database.</summary>
internal sealed class WindowQueries(WatchWindow window, DateTimeOffset asOf)
{
    // Of a request's own label and its input's, the one known last counts; on a tie its own.
    private const string IsOwn = "of_request.label_time IS NOT NULL AND (of_input.label_time IS NULL OR of_request.label_time >= of_input.label_time)";

    /// <summary>The rows of the window, after <see cref="Prepare"/>.</summary>
    public const string Rows = $"""
        SELECT time, known_time, request_id, model_digest, channel_version, input, prediction, answers, refusal, latency_microseconds,
            CASE WHEN {IsOwn} THEN of_request.label ELSE of_input.label END AS label,
            CASE WHEN {IsOwn} THEN of_request.class ELSE of_input.class END AS class,
            greatest(of_request.label_time, of_input.label_time) AS label_known_time,
            is_late
        FROM kept LEFT JOIN of_request USING (request_id) LEFT JOIN of_input USING (input)
        """;

    /// <summary>
    /// Of the written window: rows, refused, labelled, late; then requests that came later still, and repeated rows.
    /// </summary>
    public static string Counts(string path) => $"""
        SELECT count(*), count(*) FILTER (prediction IS NULL), count(*) FILTER (label_known_time IS NOT NULL), count(*) FILTER (is_late),
            (SELECT count(DISTINCT request_id) FROM logged WHERE request_id NOT IN (SELECT request_id FROM known)),
            (SELECT count(*) FROM known) - count(*)
        FROM read_parquet({Sql.Literal(path)})
        """;

    /// <summary>The window.</summary>
    public WatchWindow Window => window;

    /// <summary>Rows and labels known before this moment count.</summary>
    public DateTimeOffset AsOf => asOf;

    /// <summary>A session that can read the parts and nothing else.</summary>
    public static DuckSession Open(WindowParts parts, StagingFolder staging, DataLimits limits, CancellationToken cancellation) => DuckSession.Open(
        limits,
        parts.Predictions.Concat(parts.Labels).Select(path => Path.GetDirectoryName(Path.GetFullPath(path))!).Append(staging.Path).Distinct(),
        staging.Path,
        cancellation);

    /// <summary>
    /// Makes the tables: <c>logged</c> (rows in the window), <c>known</c> (of these, known in time), <c>kept</c> (each request
    /// once, as it was known first; only ids that occur twice are sorted for it), and the labels known last, by request and by input.
    /// </summary>
    public string Prepare(WindowParts parts) => $"""
        CREATE TEMP TABLE logged AS SELECT * FROM ({LogColumns.Predictions.Read(Full(parts.Predictions), "features")})
            WHERE time >= {Sql.Time(window.From)} AND time < {Sql.Time(window.To)};
        CREATE TEMP VIEW known AS SELECT * FROM logged WHERE known_time < {Sql.Time(asOf)};
        CREATE TEMP TABLE repeated AS SELECT request_id FROM known GROUP BY request_id HAVING count(*) > 1;
        CREATE TEMP VIEW first_known AS
            SELECT * FROM known ANTI JOIN repeated USING (request_id)
            UNION ALL BY NAME
            SELECT * FROM known SEMI JOIN repeated USING (request_id)
            QUALIFY row_number() OVER (PARTITION BY request_id
                ORDER BY known_time, time, model_digest, channel_version, input, prediction, refusal, latency_microseconds, answers) = 1;
        CREATE TEMP VIEW kept AS SELECT *, known_time >= {Sql.Time(window.AsOf)} AS is_late FROM first_known;
        CREATE TEMP VIEW labels AS SELECT * FROM ({LogColumns.Labels.Read(Full(parts.Labels))}) WHERE known_time < {Sql.Time(asOf)} AND (label IS NOT NULL OR class IS NOT NULL);
        CREATE TEMP TABLE of_request AS {Latest("request_id", "request_id IS NOT NULL")};
        CREATE TEMP TABLE of_input AS {Latest("input", "request_id IS NULL AND input IS NOT NULL")};
        """;

    private static string Latest(string key, string condition) => $"""
        SELECT {key}, label, class, known_time AS label_time FROM labels WHERE {condition}
        QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY known_time DESC, label DESC, class DESC, source) = 1
        """;

    private static ImmutableArray<string> Full(ImmutableArray<string> paths) => [.. paths.Select(Path.GetFullPath)];
}
