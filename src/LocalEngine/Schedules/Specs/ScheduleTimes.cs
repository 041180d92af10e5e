using System.Collections.Immutable;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// One time of a schedule: the nominal time, which matches its spec and names its action, and the actual time, which
/// has the jitter added and is when the action is taken.
/// </summary>
public readonly record struct ScheduleTime(DateTimeOffset Nominal, DateTimeOffset Actual);

/// <summary>
/// The times of one spec, in order. Pure: the same spec, seed and time give the same answer on every machine that has
/// the same time zone database.
/// </summary>
public sealed class ScheduleTimes
{
    private readonly ScheduleSpec spec;
    private readonly string jitterSeed;
    private readonly ImmutableArray<ZonedCalendar> calendars;
    private readonly ImmutableArray<ZonedCalendar> exclusions;
    private readonly ExcludedDays excludedDays;
    private readonly ZoneOffsets zone;

    /// <summary>Makes a canonical spec ready. The seed sets schedules of equal spec apart within their jitter.</summary>
    /// <exception cref="InvalidScheduleException">The time zone is not known here.</exception>
    public ScheduleTimes(ScheduleSpec canonical, string jitterSeed)
    {
        spec = canonical;
        this.jitterSeed = jitterSeed;
        zone = new(ScheduleTimeZone.Find(canonical.TimezoneName, canonical.TimezoneData));
        ImmutableArray<CalendarMatcher> included = [.. canonical.StructuredCalendar.Select(calendar => new CalendarMatcher(calendar))];
        ImmutableArray<CalendarMatcher> excluded = [.. canonical.ExcludeStructuredCalendar.Select(calendar => new CalendarMatcher(calendar))];
        calendars = [.. included.Select(matcher => new ZonedCalendar(matcher, zone))];
        exclusions = [.. excluded.Select(matcher => new ZonedCalendar(matcher, zone))];
        excludedDays = new(included, [.. canonical.Interval], excluded, zone);
    }

    /// <summary>The earliest time whose nominal time is after <paramref name="after"/>, or null where there is none.</summary>
    public ScheduleTime? NextAfter(DateTimeOffset after)
    {
        var start = spec.StartTime?.ToDateTimeOffset();
        var from = after < start ? start.Value.AddSeconds(-1) : after;
        var end = spec.EndTime?.ToDateTimeOffset();
        while (NextCandidate(from) is { } nominal && !(nominal > end))
        {
            if (!exclusions.Any(exclusion => exclusion.Matches(nominal)))
            {
                return new(nominal, nominal + Jitter(nominal));
            }

            if (AfterExcludedDays(nominal) is not { } next)
            {
                return null;
            }

            from = next;
        }

        return null;
    }

    // A moment after which to look on: the excluded time itself, or the last second of the excluded days that it begins.
    private DateTimeOffset? AfterExcludedDays(DateTimeOffset excluded)
    {
        var day = zone.Wall(excluded).Date;
        var open = excludedDays.FirstOpen(day);
        var isOver = open.Year > CalendarField.LastYear;
        return isOver ? null : open == day ? excluded : zone.FirstAt(excluded.AddSeconds(1), open).AddSeconds(-1);
    }

    /// <summary>The times after <paramref name="after"/>, without end where the spec has none.</summary>
    public IEnumerable<ScheduleTime> Following(DateTimeOffset after)
    {
        for (var next = NextAfter(after); next is { } time; next = NextAfter(time.Actual))
        {
            yield return time;
        }
    }

    private DateTimeOffset? NextCandidate(DateTimeOffset after) => calendars
        .Select(calendar => calendar.NextAfter(after))
        .Concat(spec.Interval.Select(interval => NextOf(interval, after)))
        .Min()?.ToUniversalTime();

    // Intervals count from 1970-01-01T00:00:00Z, so they keep their rhythm whenever a schedule is made or changed.
    private static DateTimeOffset? NextOf(IntervalSpec interval, DateTimeOffset after)
    {
        var every = interval.Interval.Seconds;
        var phase = interval.Phase?.Seconds ?? 0;
        return DateTimeOffset.FromUnixTimeSeconds((((after.ToUnixTimeSeconds() - phase) / every) + 1) * every + phase);
    }

    private TimeSpan Jitter(DateTimeOffset nominal)
    {
        var longest = spec.Jitter?.ToTimeSpan() ?? TimeSpan.Zero;
        if (longest <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var following = NextCandidate(nominal) - nominal;
        return ScheduleJitter.Of(jitterSeed, nominal, following < longest ? following.Value : longest);
    }
}
