using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Predictions;

/// <summary>
/// Windows by rows: each holds at least a number of requests, in the order of their times, and ends before the next time at
/// which a request came. They are windows by time whose bounds the rows choose, so requests of the same moment are never
/// parted, and everything else about a window (closing, late rows, reading again) is the same. A caller keeps the windows
/// it was given and asks on from the end of the last one: rows that come late then never move a bound.
/// </summary>
public static class RowWindows
{
    /// <summary>The complete windows from <paramref name="from"/> that are closed at <paramref name="now"/>, oldest first.</summary>
    /// <param name="parts">Parts that cover the time from <paramref name="from"/> to <paramref name="now"/>.</param>
    /// <param name="from">End of the window before; for the first window, any time.</param>
    /// <param name="rows">Requests that a window has at least.</param>
    /// <param name="lateness">How long after its end a window waits for rows that are known late.</param>
    /// <param name="now">The moment.</param>
    /// <param name="scratchFolder">An existing folder for what does not fit in memory.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="InvalidDataSourceException">A part is damaged or not of the log's format.</exception>
    public static ImmutableArray<WatchWindow> Closed(
        WindowParts parts,
        DateTimeOffset from,
        long rows,
        TimeSpan lateness,
        DateTimeOffset now,
        string scratchFolder,
        DataLimits limits,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return new DataWork("cutting the prediction log into windows", limits).Run(
            token =>
            {
                using StagingFolder staging = new(Path.Combine(scratchFolder, "windows"));
                using DuckSession session = WindowQueries.Open(parts, staging, limits, token);
                session.Execute(new WindowQueries(new WatchWindow("all", from, now, now), now).Prepare(parts));
                ImmutableArray<Moment> moments = session.Rows(
                    "SELECT time, count(*) FROM kept GROUP BY time ORDER BY time",
                    row => new Moment(new DateTimeOffset(row.GetDateTime(0), TimeSpan.Zero), row.GetInt64(1)));
                return Cut(moments, from, rows, lateness).TakeWhile(window => window.AsOf <= now).ToImmutableArray();
            },
            cancellation);
    }

    private static IEnumerable<WatchWindow> Cut(ImmutableArray<Moment> moments, DateTimeOffset from, long rows, TimeSpan lateness)
    {
        long held = 0;
        foreach (Moment moment in moments)
        {
            if (held >= rows)
            {
                string id = string.Create(CultureInfo.InvariantCulture, $"{from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}-{rows}rows");
                yield return new WatchWindow(id, from, moment.Time, moment.Time + lateness);
                (from, held) = (moment.Time, 0);
            }

            held += moment.Requests;
        }
    }

    private sealed record Moment(DateTimeOffset Time, long Requests);
}
