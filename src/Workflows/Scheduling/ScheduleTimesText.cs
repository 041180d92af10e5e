using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Domain.Schedules;
using Temporalio.Client.Schedules;

namespace Lifecycle.Workflows.Scheduling;

/// <summary>The times of a schedule as one text: equal texts mean equal times, however they were written.</summary>
internal static class ScheduleTimesText
{
    /// <summary>The text; calendars in cron's notation, then intervals, exclusions and bounds where there are any.</summary>
    public static string Of(ScheduleSpec spec)
    {
        IEnumerable<string> times =
        [
            .. spec.Calendars.Select(calendar => Calendar(calendar)),
            .. spec.CronExpressions.Select(cron => $"cron {cron}"),
            .. spec.Intervals.Select(Interval),
        ];
        string text = string.Join(" | ", times.Order(StringComparer.Ordinal));
        IEnumerable<string> limits =
        [
            .. spec.Skip.Select(calendar => $" except {Calendar(calendar)}").Order(StringComparer.Ordinal),
            .. Bound(" from", spec.StartAt), .. Bound(" until", spec.EndAt),
        ];
        return string.Concat(limits.Prepend(text.Length == 0 ? "never" : text));
    }

    private static string Calendar(ScheduleCalendarSpec calendar) => new CalendarTimes
    {
        Seconds = Values(calendar.Second, [0]),
        Minutes = Values(calendar.Minute, [0]),
        Hours = Values(calendar.Hour, [0]),
        DaysOfMonth = Values(calendar.DayOfMonth, CalendarField.DayOfMonth.All),
        Months = Values(calendar.Month, CalendarField.Month.All),
        DaysOfWeek = Values(calendar.DayOfWeek, CalendarField.DayOfWeek.All),
        Years = Values(calendar.Year, CalendarField.Year.All),
    }.ToString();

    // Engines may leave out an end that equals the start, and a step of one.
    private static ImmutableSortedSet<int> Values(IReadOnlyCollection<ScheduleRange> ranges, ImmutableSortedSet<int> unlessTold) => ranges.Count == 0
        ? unlessTold
        : [.. ranges.SelectMany(range => new ValueRange(range.Start, Math.Max(range.Start, range.End), Math.Max(1, range.Step)).Values)];

    private static string Interval(ScheduleIntervalSpec interval) => interval.Offset is { } phase && phase > TimeSpan.Zero
        ? $"every {DurationNotation.Of(interval.Every)} phase {DurationNotation.Of(phase)}"
        : $"every {DurationNotation.Of(interval.Every)}";

    private static IEnumerable<string> Bound(string word, DateTime? at) => at is { } time
        ? [string.Create(CultureInfo.InvariantCulture, $"{word} {time:yyyy-MM-dd'T'HH:mm:ss'Z'}")]
        : [];
}
