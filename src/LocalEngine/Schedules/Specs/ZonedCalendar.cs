using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// A calendar in a time zone. Where clocks are set forward, matching times inside the gap do not happen that day;
/// where they are set back, matching times inside the repeated stretch happen twice. It asks the zone only for offsets
/// of points in time, which every zone answers without ambiguity, and goes from one change of the offset to the next.
/// </summary>
internal sealed class ZonedCalendar(StructuredCalendarSpec calendar, TimeZoneInfo zone)
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    // No zone changes its offset and changes it back within this.
    private static readonly TimeSpan Stride = TimeSpan.FromDays(1);
    private readonly CalendarMatcher matcher = new(calendar);

    public bool Matches(DateTimeOffset time) => matcher.Matches(Wall(time, zone.GetUtcOffset(time)));

    /// <summary>The earliest matching time after <paramref name="after"/>, or null where none is left.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        var from = after.AddTicks(-(after.UtcTicks % TimeSpan.TicksPerSecond)) + OneSecond;
        while (true)
        {
            var offset = zone.GetUtcOffset(from);
            if (matcher.AtOrAfter(Wall(from, offset)) is not { } wall)
            {
                return null;
            }

            var candidate = new DateTimeOffset(wall, offset);
            if (Change(from, candidate, offset) is not { } change)
            {
                return candidate;
            }

            from = change;
        }
    }

    private static DateTime Wall(DateTimeOffset time, TimeSpan offset) => DateTime.SpecifyKind(time.UtcDateTime + offset, DateTimeKind.Unspecified);

    /// <summary>The first second up to <paramref name="until"/> that has another offset, or null.</summary>
    private DateTimeOffset? Change(DateTimeOffset from, DateTimeOffset until, TimeSpan offset)
    {
        for (var low = from; low < until;)
        {
            var high = until - low > Stride ? low + Stride : until;
            if (zone.GetUtcOffset(high) != offset)
            {
                return Change(low, high);
            }

            low = high;
        }

        return null;
    }

    private DateTimeOffset Change(DateTimeOffset low, DateTimeOffset high)
    {
        var offset = zone.GetUtcOffset(low);
        while (high - low > OneSecond)
        {
            var middle = low.AddSeconds((long)((high - low).TotalSeconds / 2));
            (low, high) = zone.GetUtcOffset(middle) == offset ? (middle, high) : (low, middle);
        }

        return high;
    }
}
