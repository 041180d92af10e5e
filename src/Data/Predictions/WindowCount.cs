using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Predictions;

/// <summary>What the prediction log has of a window, counted without reading it.</summary>
/// <param name="Window">The window.</param>
/// <param name="RowCount">Rows that were known before the window closed, repeated ones among them.</param>
/// <param name="LateCount">Requests of the window that were known only after it had closed.</param>
/// <param name="LabelCount">Labels that became known while the window was the current one, whatever they belong to.</param>
public sealed record WindowCount(WatchWindow Window, long RowCount, long LateCount, long LabelCount)
{
    /// <summary>Counts many windows in one pass.</summary>
    /// <param name="parts">Parts that cover the windows.</param>
    /// <param name="windows">The windows; none gives none.</param>
    /// <param name="scratchFolder">An existing folder for what does not fit in memory.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataSourceException">A part is damaged or not of the log's format.</exception>
    public static ImmutableArray<WindowCount> Of(
        WindowParts parts, ImmutableArray<WatchWindow> windows, string scratchFolder, DataLimits limits, CancellationToken cancellation = default) =>
        windows.IsDefaultOrEmpty ? [] : new DataWork("counting the rows of windows in the prediction log", limits).Run(
            token =>
            {
                using StagingFolder staging = new(Path.Combine(scratchFolder, "counts"));
                using DuckSession session = WindowQueries.Open(parts, staging, limits, token);
                return session.Rows(Query(parts, windows), row => new WindowCount(
                    windows[row.GetInt32(0)], row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));
            },
            cancellation);

    // A row without a known time is counted as known: the reading of its window says what is wrong with it.
    private static string Query(WindowParts parts, ImmutableArray<WatchWindow> windows) => $"""
        WITH windows(place, starts, ends, as_of, labels_since) AS (VALUES {string.Join(", ", windows.Select(Values))}),
        rows AS (
            SELECT place, count(*) FILTER (known_time IS NULL OR known_time < as_of) AS known, count(DISTINCT request_id) FILTER (known_time >= as_of) AS late
            FROM windows JOIN ({LogColumns.Predictions.Read(Full(parts.Predictions), "features")}) ON time >= starts AND time < ends GROUP BY place),
        labels AS (
            SELECT place, count(*) AS told
            FROM windows JOIN ({LogColumns.Labels.Read(Full(parts.Labels))}) ON known_time >= labels_since AND known_time < as_of GROUP BY place)
        SELECT place, coalesce(known, 0), coalesce(late, 0), coalesce(told, 0)
        FROM windows LEFT JOIN rows USING (place) LEFT JOIN labels USING (place) ORDER BY place
        """;

    private static string Values(WatchWindow window, int place) => string.Create(CultureInfo.InvariantCulture,
        $"({place}, {Sql.Time(window.From)}, {Sql.Time(window.To)}, {Sql.Time(window.AsOf)}, {Sql.Time(window.LabelsSince)})");

    private static ImmutableArray<string> Full(ImmutableArray<string> paths) => [.. paths.Select(Path.GetFullPath)];
}
