using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Models;

namespace Lifecycle.Watching;

/// <summary>
/// Which windows are due: closed, after the last one decided about, and on days with rows in the log. Silence is not judged
/// here: a log without rows is told by the freshness of its data. Pure.
/// </summary>
internal static class DueWindows
{
    // Rows of an earlier day are a mistake of who logged them, and set aside: 'log show' names their days.
    private static readonly DateOnly EarliestDay = new(1970, 1, 1);

    /// <summary>The windows, oldest first.</summary>
    /// <param name="model">Names the calendar and the DataSnapshots.</param>
    /// <param name="days">Days with rows.</param>
    /// <param name="decidedTo">End of the last window decided about; null when there is none.</param>
    /// <param name="now">The moment.</param>
    public static IEnumerable<DueWindow> Of(ModelDefinition model, ImmutableSortedSet<DateOnly> days, DateTimeOffset? decidedTo, DateTimeOffset now)
    {
        WindowCalendar calendar = new(model.Watch.Window, model.Watch.Lateness);
        DateTimeOffset from = decidedTo ?? DateTimeOffset.MinValue;
        DateOnly last = DateOnly.FromDateTime(now.UtcDateTime);
        foreach (DateOnly day in days.Where(day => EarliestDay <= day && day <= last))
        {
            DateTimeOffset start = StartOf(day);
            DateTimeOffset begin = start < from ? from : start;
            foreach (WatchWindow window in calendar.Closed(begin, now).TakeWhile(window => window.From < start.AddDays(1)))
            {
                // The last window decided about may have been cut by another calendar, and reach into this one.
                if (window.From >= from)
                {
                    yield return Of(model, window);
                    from = window.To;
                }
            }
        }
    }

    /// <summary>Where windows by rows begin: at the end of the last one decided about, else on the first day with rows; null when there is none.</summary>
    public static DateTimeOffset? BeginningOf(ImmutableSortedSet<DateOnly> days, DateTimeOffset? decidedTo) =>
        decidedTo ?? (days.Where(day => EarliestDay <= day).Select(day => (DateTimeOffset?)StartOf(day)).FirstOrDefault());

    /// <summary>A window that is due.</summary>
    public static DueWindow Of(ModelDefinition model, WatchWindow window) => new(window, SnapshotOf(model, window));

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static string? SnapshotOf(ModelDefinition model, WatchWindow window) => model.Snapshots
        .Where(snapshot => snapshot.Cutoff <= DateOnly.FromDateTime(window.To.UtcDateTime))
        .MaxBy(snapshot => snapshot.Cutoff)?.Id;
}
