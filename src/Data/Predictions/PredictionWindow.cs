using Lifecycle.Data.Tables;
using Lifecycle.Domain;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Predictions;

/// <summary>
/// Reads one window out of the prediction log: its rows as they were known at a moment, each request once, with the labels
/// known at that moment. The same parts give the same bytes, in whatever order they came.
/// </summary>
public static class PredictionWindow
{
    private const string RowsFile = "window.parquet";

    /// <summary>Writes the rows of a window.</summary>
    /// <param name="parts">Parts that cover the window; rows outside it are passed over.</param>
    /// <param name="window">The window.</param>
    /// <param name="asOf">Moment of re-reading, to see late rows and labels; null reads the window as it closed.</param>
    /// <param name="parquetPath">Where the rows are written; appears complete or not at all.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work and leaves nothing behind.</param>
    /// <exception cref="InvalidDataSourceException">A part is damaged or not of the log's format.</exception>
    /// <exception cref="DataDeadlineException">The work took too long.</exception>
    public static WindowRows Write(
        WindowParts parts, WatchWindow window, DateTimeOffset? asOf, string parquetPath, DataLimits limits, CancellationToken cancellation = default) =>
        new DataWork($"reading window {window.Id} of the prediction log", limits).Run(
            token =>
            {
                using StagingFolder staging = new(parquetPath);
                using DuckSession session = WindowQueries.Open(parts, staging, limits, token);
                WindowQueries queries = new(window, asOf ?? window.AsOf);
                session.Execute(queries.Prepare(parts));
                RequireRequestIds(session, window);
                session.WriteParquet(WindowQueries.Rows, "time, request_id", staging.File(RowsFile));
                WindowRows rows = Count(session, queries, staging.File(RowsFile));
                staging.Publish(RowsFile, parquetPath);
                return rows;
            },
            cancellation);

    private static void RequireRequestIds(DuckSession session, WatchWindow window)
    {
        if (session.Scalar<long>("SELECT count(*) FROM logged WHERE request_id IS NULL OR known_time IS NULL") is var nameless and > 0)
        {
            throw new InvalidDataSourceException(
                $"{nameless} rows of window {window.Id} have no request_id or no known_time; every row needs both, so import them again with 'lifecycle log import'");
        }
    }

    private static WindowRows Count(DuckSession session, WindowQueries queries, string path) => session.Rows(
        WindowQueries.Counts(path),
        row => new WindowRows
        {
            Window = queries.Window,
            AsOf = queries.AsOf,
            Rows = ArtifactRef.ForContent(Sha256Digest.OfFile(path), new FileInfo(path).Length, MediaTypes.Parquet),
            RowCount = row.GetInt64(0),
            RefusedCount = row.GetInt64(1),
            LabelledCount = row.GetInt64(2),
            LateCount = row.GetInt64(3),
            LaterCount = row.GetInt64(4),
            RepeatedCount = row.GetInt64(5),
        })[0];
}
