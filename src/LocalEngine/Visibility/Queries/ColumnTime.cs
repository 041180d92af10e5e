namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>How points in time are kept in columns: whole units of 100 nanoseconds since 1970-01-01T00:00:00Z.</summary>
public static class ColumnTime
{
    public static long From(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static DateTimeOffset To(long column) => new(column + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}
