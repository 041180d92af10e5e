using System.Globalization;

namespace Lifecycle.Domain.Schedules;

/// <summary>Durations as model.yaml writes them: <c>90s</c>, <c>15m</c>, <c>36h</c>, <c>7d</c>, in the largest whole unit.</summary>
public static class DurationNotation
{
    /// <summary>The text of a duration; a part below a second is written as a decimal.</summary>
    public static string Of(TimeSpan duration) => duration.Ticks switch
    {
        0 => "0s",
        var ticks when ticks % TimeSpan.TicksPerDay == 0 => Whole(ticks / TimeSpan.TicksPerDay, 'd'),
        var ticks when ticks % TimeSpan.TicksPerHour == 0 => Whole(ticks / TimeSpan.TicksPerHour, 'h'),
        var ticks when ticks % TimeSpan.TicksPerMinute == 0 => Whole(ticks / TimeSpan.TicksPerMinute, 'm'),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds}s"),
    };

    private static string Whole(long count, char unit) => string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");
}
