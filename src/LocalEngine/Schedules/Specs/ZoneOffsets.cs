namespace Lifecycle.LocalEngine.Schedules.Specs;

/// <summary>
/// A time zone as its offsets at points in time, which every zone answers without ambiguity, and the points where they change.
/// </summary>
internal sealed class ZoneOffsets(TimeZoneInfo zone)
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    // No zone changes its offset and changes it back within this.
    private static readonly TimeSpan Stride = TimeSpan.FromDays(1);

    public TimeSpan At(DateTimeOffset time) => zone.GetUtcOffset(time);

    /// <summary>What clocks show at a point in time.</summary>
    public DateTime Wall(DateTimeOffset time) => DateTime.SpecifyKind(time.UtcDateTime + At(time), DateTimeKind.Unspecified);

    /// <summary>The offset of a whole day on the clock; null where it may change that day.</summary>
    public TimeSpan? Of(DateTime day)
    {
        var midnight = new DateTimeOffset(day.Date, TimeSpan.Zero);
        var offset = At(midnight - Stride);
        return At(midnight) == offset && At(midnight + Stride) == offset && At(midnight + Stride + Stride) == offset ? offset : null;
    }

    /// <summary>The first point in time from <paramref name="from"/> on at which clocks show <paramref name="wall"/> or later.</summary>
    public DateTimeOffset FirstAt(DateTimeOffset from, DateTime wall)
    {
        while (true)
        {
            var offset = At(from);
            var candidate = new DateTimeOffset(wall, offset);
            if (candidate <= from)
            {
                return from;
            }

            if (Change(from, candidate, offset) is not { } change)
            {
                return candidate;
            }

            from = change;
        }
    }

    /// <summary>The first second up to <paramref name="until"/> that has another offset, or null.</summary>
    public DateTimeOffset? Change(DateTimeOffset from, DateTimeOffset until, TimeSpan offset)
    {
        for (var low = from; low < until;)
        {
            var high = until - low > Stride ? low + Stride : until;
            if (At(high) != offset)
            {
                return Change(low, high);
            }

            low = high;
        }

        return null;
    }

    private DateTimeOffset Change(DateTimeOffset low, DateTimeOffset high)
    {
        var offset = At(low);
        while (high - low > OneSecond)
        {
            var middle = low.AddSeconds((long)((high - low).TotalSeconds / 2));
            (low, high) = At(middle) == offset ? (middle, high) : (low, middle);
        }

        return high;
    }
}
