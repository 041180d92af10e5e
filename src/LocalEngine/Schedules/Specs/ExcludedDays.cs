using System.Collections.Immutable;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// The days on which every time of a spec is excluded. They are passed over as days, so that an exclusion of months, or for
/// ever, costs no more than the days it lasts. Days alike are looked at once.
/// </summary>
internal sealed class ExcludedDays(
    ImmutableArray<CalendarMatcher> calendars, ImmutableArray<IntervalSpec> intervals, ImmutableArray<CalendarMatcher> exclusions, ZoneOffsets zone)
{
    private readonly Dictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>The first day from <paramref name="day"/> on with a time that is not excluded; the year after the last where none is.</summary>
    public DateTime FirstOpen(DateTime day)
    {
        while (day.Year <= CalendarField.LastYear && IsExcluded(day))
        {
            day = day.AddDays(1);
        }

        return day;
    }

    private bool IsExcluded(DateTime day)
    {
        TimeSpan? offset = intervals.IsEmpty ? TimeSpan.Zero : zone.Of(day);
        if (offset is not { } shown)
        {
            return false;
        }

        var kind = string.Create(null, stackalloc char[64], $"{Which(calendars, day)}/{Which(exclusions, day)}/{shown.Ticks}");
        if (!known.TryGetValue(kind, out var isExcluded))
        {
            DayTimes[] excluded = [.. exclusions.Where(exclusion => exclusion.MatchesDay(day)).Select(exclusion => exclusion.Times)];
            isExcluded = calendars.Where(calendar => calendar.MatchesDay(day)).Select(calendar => calendar.Times)
                .Concat(intervals.Select(interval => DayTimes.Of(interval, shown)))
                .All(times => times.AreCoveredBy(excluded));
            known[kind] = isExcluded;
        }

        return isExcluded;
    }

    private static string Which(ImmutableArray<CalendarMatcher> matchers, DateTime day) =>
        string.Create(matchers.Length, (matchers, day), (text, of) =>
        {
            for (var index = 0; index < text.Length; index++)
            {
                text[index] = of.matchers[index].MatchesDay(of.day) ? '1' : '0';
            }
        });
}
