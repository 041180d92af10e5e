namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>How points in time are kept in columns: whole units of 100 nanoseconds since 1970-01-01T00:00:00Z.</summary>
public static class ColumnTime
{
    private static readonly long Earliest = From(DateTimeOffset.MinValue);
    private static readonly long Latest = From(DateTimeOffset.MaxValue);

    public static long From(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    /// <summary>Whether a stored number is a time.</summary>
    public static bool IsTime(long column) => column >= Earliest && column <= Latest;

    /// <exception cref="ArgumentOutOfRangeException">The number is no time.</exception>
    public static DateTimeOffset To(long column) => new(column + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);

    /// <summary>The time; the nearest one for a number that is none, so that a list is not hidden by one damaged row.</summary>
    public static DateTimeOffset Nearest(long column) => To(Math.Clamp(column, Earliest, Latest));
}
