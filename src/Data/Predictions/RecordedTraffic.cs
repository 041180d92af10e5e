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
    /// <summary>Writes a Parquet file with the columns <c>time, known_time, input, label</c>. Same rows, same bytes.</summary>
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
                string taken = string.Create(CultureInfo.InvariantCulture, $"""
                    SELECT input, label, row_number() OVER (ORDER BY md5({Sql.Literal(window.Id)} || input), input) AS place
                    FROM ({rows.Query(session)}) QUALIFY place <= {rowCount}
                    """);
                string time = string.Create(CultureInfo.InvariantCulture, $"{Sql.Time(window.From)} + to_microseconds((place - 1) * {step})");
                session.WriteParquet($"SELECT {time} AS time, {time} AS known_time, input, label FROM ({taken})", "ALL", staging.File("traffic.parquet"));
                staging.Publish("traffic.parquet", trafficPath);
                return true;
            },
            cancellation);
}
