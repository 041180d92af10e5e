namespace Lifecycle.LocalEngine.Persistence;

/// <summary>Instants as columns keep them: whole units of 100 nanoseconds since 1970-01-01T00:00:00Z.</summary>
internal static class StoredTime
{
    public static long From(DateTimeOffset instant) => instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    public static object? From(DateTimeOffset? instant) => instant is { } known ? From(known) : null;

    public static DateTimeOffset To(long stored) => new(stored + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}
