using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Predictions;

/// <summary>
/// Makes traffic of rows that are there: a sample of a labelled file's rows, spread evenly over a window, each known the moment
/// it happened. For trying a watch out before there is traffic; what it makes is a replay, and whoever uses it says so.
/// </summary>
public static class RecordedTraffic
{
    /// <summary>Column of the event's time, under a name that no input has; the row is known, and its label, at that moment.</summary>
    public const string TimeColumn = "lifecycle_time";

    /// <summary>Column of the label.</summary>
    public const string LabelColumn = "lifecycle_label";

    /// <summary>Writes a Parquet file with the time, the inputs (one text as <c>input</c>) and the label. Same rows, same bytes.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="rowCount">Rows to take; fewer where there are fewer.</param>
    /// <param name="window">The window to spread them over.</param>
    /// <param name="trafficPath">Where the file is written.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataSourceException">The file is missing or damaged, or lacks a column.</exception>
    public static void Write(
        ReplayedRows rows, int rowCount, WatchWindow window, string trafficPath, DataLimits limits, CancellationToken cancellation) =>
        new DataWork("replaying rows as traffic", limits).Run(
            token =>
            {
                using StagingFolder staging = new(trafficPath);
                using DuckSession session = DuckSession.Open(limits, [.. rows.Folders, staging.Path], staging.Path, token);
                long step = (window.To - window.From).Ticks / TimeSpan.TicksPerMicrosecond / Math.Max(1, rowCount);
                string inputs = string.Join(", ", rows.Inputs);
                string taken = string.Create(CultureInfo.InvariantCulture, $"""
                    SELECT {inputs}, {LabelColumn}, row_number() OVER (ORDER BY md5({Sql.Literal(window.Id)} || {ReplayedRows.Same}), {ReplayedRows.Same}, {LabelColumn}) AS place
                    FROM ({rows.Query(session, LabelColumn)}) QUALIFY place <= {rowCount}
                    """);
                string time = string.Create(CultureInfo.InvariantCulture, $"{Sql.Time(window.From)} + to_microseconds((place - 1) * {step})");
                session.WriteParquet($"SELECT {time} AS {TimeColumn}, {inputs}, {LabelColumn} FROM ({taken})", "ALL", staging.File("traffic.parquet"));
                staging.Publish("traffic.parquet", trafficPath);
                return true;
            },
            cancellation);
}
