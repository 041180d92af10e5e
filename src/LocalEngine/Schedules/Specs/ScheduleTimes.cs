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
    /// <summary>How many excluded times in a row are passed over before a spec counts as having no next time.</summary>
    private const int MaxExclusions = 100_000;

    private readonly ScheduleSpec spec;
    private readonly string jitterSeed;
    private readonly ImmutableArray<ZonedCalendar> calendars;
    private readonly ImmutableArray<ZonedCalendar> exclusions;

    /// <summary>Makes a canonical spec ready. The seed sets schedules of equal spec apart within their jitter.</summary>
    /// <exception cref="InvalidScheduleException">The time zone is not known here.</exception>
    public ScheduleTimes(ScheduleSpec canonical, string jitterSeed)
    {
        spec = canonical;
        this.jitterSeed = jitterSeed;
        var zone = ScheduleTimeZone.Find(canonical.TimezoneName, canonical.TimezoneData);
        calendars = [.. canonical.StructuredCalendar.Select(calendar => new ZonedCalendar(calendar, zone))];
        exclusions = [.. canonical.ExcludeStructuredCalendar.Select(calendar => new ZonedCalendar(calendar, zone))];
    }

    /// <summary>The earliest time whose nominal time is after <paramref name="after"/>, or null where there is none.</summary>
    public ScheduleTime? NextAfter(DateTimeOffset after)
    {
        var start = spec.StartTime?.ToDateTimeOffset();
        var from = after < start ? start.Value.AddSeconds(-1) : after;
        for (var excluded = 0; excluded < MaxExclusions; excluded++)
        {
            if (NextCandidate(from) is not { } nominal || nominal > spec.EndTime?.ToDateTimeOffset())
            {
                return null;
            }

            if (!exclusions.Any(exclusion => exclusion.Matches(nominal)))
            {
                return new(nominal, nominal + Jitter(nominal));
            }

            from = nominal;
        }

        return null;
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
