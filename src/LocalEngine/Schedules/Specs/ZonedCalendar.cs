using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// A calendar in a time zone. Where clocks are set forward, matching times inside the gap do not happen that day;
/// where they are set back, matching times inside the repeated hour happen twice, as on the official server.
/// </summary>
internal sealed class ZonedCalendar(StructuredCalendarSpec calendar, TimeZoneInfo zone)
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);
    private readonly CalendarMatcher matcher = new(calendar);

    public bool Matches(DateTimeOffset time) => matcher.Matches(TimeZoneInfo.ConvertTime(time, zone).DateTime);

    /// <summary>The earliest matching time after <paramref name="after"/>, or null where none is left.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        var local = TimeZoneInfo.ConvertTime(after, zone);
        var wall = local.DateTime.AddTicks(-(local.DateTime.Ticks % TimeSpan.TicksPerSecond));
        if (!zone.IsAmbiguousTime(wall))
        {
            return FirstOf(matcher.AtOrAfter(wall + OneSecond));
        }

        return local.Offset == Offsets(wall).Earlier ? AfterInFirstPass(local, wall) : AfterInSecondPass(wall);
    }

    private DateTimeOffset? AfterInFirstPass(DateTimeOffset local, DateTime wall)
    {
        var (earlier, later) = Offsets(wall);
        if (matcher.AtOrAfter(wall + OneSecond) is { } next && zone.IsAmbiguousTime(next))
        {
            return new(next, earlier);
        }

        var start = StartOfSecondPass(local, earlier);
        return matcher.AtOrAfter(start.ToOffset(later).DateTime) is { } again && zone.IsAmbiguousTime(again)
            ? new(again, later)
            : FirstOf(matcher.AtOrAfter(wall + OneSecond));
    }

    private DateTimeOffset? AfterInSecondPass(DateTime wall)
    {
        var next = matcher.AtOrAfter(wall + OneSecond);
        return next is { } again && zone.IsAmbiguousTime(again) ? new(again, Offsets(again).Later) : FirstOf(next);
    }

    /// <summary>The first time at which the wall clock shows <paramref name="wall"/> or, in a gap, the next match after it.</summary>
    private DateTimeOffset? FirstOf(DateTime? wall)
    {
        while (wall is { } skipped && zone.IsInvalidTime(skipped))
        {
            wall = matcher.AtOrAfter(skipped + OneSecond);
        }

        return wall is not { } shown ? null
            : new(shown, zone.IsAmbiguousTime(shown) ? Offsets(shown).Earlier : zone.GetUtcOffset(shown));
    }

    /// <summary>The offsets of a wall time that happens twice: clocks are set back, so the first pass has the larger one.</summary>
    private (TimeSpan Earlier, TimeSpan Later) Offsets(DateTime wall)
    {
        var offsets = zone.GetAmbiguousTimeOffsets(wall);
        return (offsets.Max(), offsets.Min());
    }

    private DateTimeOffset StartOfSecondPass(DateTimeOffset firstPass, TimeSpan earlier)
    {
        var (low, high) = (firstPass, firstPass + TimeSpan.FromHours(3));
        while (high - low > OneSecond)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = zone.GetUtcOffset(middle) == earlier ? (middle, high) : (low, middle);
        }

        return high.AddTicks(-(high.Ticks % TimeSpan.TicksPerSecond));
    }
}
