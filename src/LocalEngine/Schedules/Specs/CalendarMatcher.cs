using System.Collections.Frozen;
using Google.Protobuf.Collections;
using Temporalio.Api.Schedule.V1;
using ValueRange = Temporalio.Api.Schedule.V1.Range;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// A structured calendar made ready for matching wall-clock times of one-second resolution. A field without ranges
/// matches nothing, except the year, which then matches all.
/// </summary>
internal sealed class CalendarMatcher(StructuredCalendarSpec calendar)
{
    private readonly ulong seconds = Bits(calendar.Second);
    private readonly ulong minutes = Bits(calendar.Minute);
    private readonly ulong hours = Bits(calendar.Hour);
    private readonly ulong daysOfMonth = Bits(calendar.DayOfMonth);
    private readonly ulong months = Bits(calendar.Month);
    private readonly ulong daysOfWeek = Bits(calendar.DayOfWeek);
    private readonly FrozenSet<int>? years = calendar.Year.Count == 0 ? null : calendar.Year.SelectMany(Values).ToFrozenSet();

    /// <summary>The times of a matching day.</summary>
    public DayTimes Times => new(seconds, minutes, hours);

    public bool Matches(DateTime wall) =>
        MatchesDay(wall) && Has(hours, wall.Hour) && Has(minutes, wall.Minute) && Has(seconds, wall.Second);

    /// <summary>The earliest matching time at or after <paramref name="wall"/>, or null where none is left.</summary>
    public DateTime? AtOrAfter(DateTime wall)
    {
        if (seconds == 0 || minutes == 0 || hours == 0)
        {
            return null;
        }

        for (var candidate = wall; candidate.Year <= CalendarField.LastYear;)
        {
            if (years?.Contains(candidate.Year) == false)
            {
                candidate = new(candidate.Year + 1, 1, 1);
            }
            else if (!Has(months, candidate.Month))
            {
                candidate = new DateTime(candidate.Year, candidate.Month, 1).AddMonths(1);
            }
            else if (!MatchesDay(candidate) || TimeOfDay(candidate) is not { } time)
            {
                candidate = candidate.Date.AddDays(1);
            }
            else
            {
                return candidate.Date + time;
            }
        }

        return null;
    }

    public bool MatchesDay(DateTime wall) => years?.Contains(wall.Year) != false
        && Has(months, wall.Month) && Has(daysOfMonth, wall.Day) && Has(daysOfWeek, (int)wall.DayOfWeek);

    /// <summary>The earliest matching time of day at or after that of <paramref name="wall"/>, or null.</summary>
    private TimeSpan? TimeOfDay(DateTime wall)
    {
        if (Has(hours, wall.Hour))
        {
            if (Has(minutes, wall.Minute) && Next(seconds, wall.Second) is { } second)
            {
                return new(wall.Hour, wall.Minute, second);
            }

            if (Next(minutes, wall.Minute + 1) is { } minute)
            {
                return new(wall.Hour, minute, Lowest(seconds));
            }
        }

        return Next(hours, wall.Hour + 1) is { } hour ? new(hour, Lowest(minutes), Lowest(seconds)) : null;
    }

    private static int? Next(ulong bits, int from)
    {
        var remaining = from > 63 ? 0 : bits >> from;
        return remaining == 0 ? null : from + System.Numerics.BitOperations.TrailingZeroCount(remaining);
    }

    private static int Lowest(ulong bits) => System.Numerics.BitOperations.TrailingZeroCount(bits);

    private static bool Has(ulong bits, int value) => (bits >> value & 1) == 1;

    private static ulong Bits(RepeatedField<ValueRange> ranges) =>
        ranges.SelectMany(Values).Aggregate(0UL, (bits, value) => bits | (1UL << value));

    private static IEnumerable<int> Values(ValueRange range)
    {
        for (var value = range.Start; value <= Math.Max(range.Start, range.End); value += Math.Max(1, range.Step))
        {
            yield return value;
        }
    }
}
