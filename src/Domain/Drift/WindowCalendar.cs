using System.Globalization;

namespace Lifecycle.Domain.Drift;

/// <summary>
/// Windows of equal length without gaps, counted from 1970-01-01T00:00Z in both directions. Pure arithmetic in UTC: a
/// calendar of the same length gives the same windows on every machine, and no daylight saving stretches one.
/// </summary>
public sealed record WindowCalendar
{
    private static readonly (TimeSpan Unit, string Letter)[] Units =
        [(TimeSpan.FromDays(1), "d"), (TimeSpan.FromHours(1), "h"), (TimeSpan.FromMinutes(1), "m"), (TimeSpan.FromSeconds(1), "s")];

    /// <summary>Makes a calendar.</summary>
    /// <param name="length">Length of a window; whole seconds, at least one.</param>
    /// <param name="lateness">How long after its end a window waits for rows that are known late; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not whole seconds, or the lateness is negative.</exception>
    public WindowCalendar(TimeSpan length, TimeSpan lateness)
    {
        if (length < TimeSpan.FromSeconds(1) || length.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(length), length, "expected whole seconds, at least one");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(lateness, TimeSpan.Zero);
        Length = length;
        Lateness = lateness;
    }

    /// <summary>Length of a window.</summary>
    public TimeSpan Length { get; }

    /// <summary>How long after its end a window waits before it is closed.</summary>
    public TimeSpan Lateness { get; }

    /// <summary>The window that <paramref name="time"/> lies in.</summary>
    public WatchWindow Containing(DateTimeOffset time)
    {
        long sinceEpoch = (time - DateTimeOffset.UnixEpoch).Ticks;
        long into = ((sinceEpoch % Length.Ticks) + Length.Ticks) % Length.Ticks;
        return StartingAt(Sum(DateTimeOffset.UnixEpoch, TimeSpan.FromTicks(sinceEpoch - into)));
    }

    /// <summary>The window after another one of this calendar.</summary>
    public WatchWindow After(WatchWindow window) => StartingAt(window.To);

    /// <summary>
    /// The windows from the one that holds <paramref name="from"/> to the newest that is closed at <paramref name="now"/>,
    /// oldest first; none when that one is not closed yet.
    /// </summary>
    public IEnumerable<WatchWindow> Closed(DateTimeOffset from, DateTimeOffset now)
    {
        for (WatchWindow window = Containing(from); window.AsOf <= now; window = After(window))
        {
            yield return window;
        }
    }

    private WatchWindow StartingAt(DateTimeOffset from)
    {
        DateTimeOffset to = Sum(from, Length);
        return new WatchWindow(Name(from), from, to, Sum(to, Lateness));
    }

    // A log may hold a time at an end of the calendar: its window ends there, and is never closed.
    private static DateTimeOffset Sum(DateTimeOffset time, TimeSpan length) => length switch
    {
        _ when length > DateTimeOffset.MaxValue - time => DateTimeOffset.MaxValue,
        _ when length < DateTimeOffset.MinValue - time => DateTimeOffset.MinValue,
        _ => time + length,
    };

    private string Name(DateTimeOffset from)
    {
        (TimeSpan unit, string letter) = Units.First(unit => Length.Ticks % unit.Unit.Ticks == 0);
        string start = from.ToString(from.Second == 0 ? "yyyy-MM-dd'T'HH:mm'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{start}-{Length.Ticks / unit.Ticks}{letter}");
    }
}
