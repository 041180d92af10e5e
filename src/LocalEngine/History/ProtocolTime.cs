using Google.Protobuf.WellKnownTypes;

namespace Lifecycle.LocalEngine.History;

/// <summary>Durations and instants as the protocol writes them: an absent or zero duration means "no limit".</summary>
internal static class ProtocolTime
{
    public static bool IsPositive(this Duration? duration) => duration is { Seconds: > 0 } or { Seconds: 0, Nanos: > 0 };

    public static TimeSpan OrZero(this Duration? duration) => duration is null ? TimeSpan.Zero : duration.ToTimeSpan();

    public static Duration ToDuration(this TimeSpan span) => Duration.FromTimeSpan(span);

    public static Timestamp ToTimestamp(this DateTimeOffset instant) => Timestamp.FromDateTimeOffset(instant);

    /// <summary>The instant at which a limit runs out; null where there is no limit.</summary>
    public static DateTimeOffset? LimitFrom(this Duration? limit, DateTimeOffset start) =>
        limit.IsPositive() ? Saturating(start, limit!.ToTimeSpan()) : null;

    public static DateTimeOffset Saturating(DateTimeOffset start, TimeSpan span) =>
        span > DateTimeOffset.MaxValue - start ? DateTimeOffset.MaxValue : start + span;

    public static DateTimeOffset? Earliest(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;
}
