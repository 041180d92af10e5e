namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// A calendar in a time zone. Where clocks are set forward, matching times inside the gap do not happen that day;
/// where they are set back, matching times inside the repeated stretch happen twice. It goes from one change of the zone's
/// offset to the next.
/// </summary>
internal sealed class ZonedCalendar(CalendarMatcher matcher, ZoneOffsets zone)
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    public bool Matches(DateTimeOffset time) => matcher.Matches(zone.Wall(time));

    /// <summary>The earliest matching time after <paramref name="after"/>, or null where none is left.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        var from = after.AddTicks(-(after.UtcTicks % TimeSpan.TicksPerSecond)) + OneSecond;
        while (true)
        {
            var offset = zone.At(from);
            if (matcher.AtOrAfter(zone.Wall(from)) is not { } wall)
            {
                return null;
            }

            var candidate = new DateTimeOffset(wall, offset);
            if (zone.Change(from, candidate, offset) is not { } change)
            {
                return candidate;
            }

            from = change;
        }
    }
}
