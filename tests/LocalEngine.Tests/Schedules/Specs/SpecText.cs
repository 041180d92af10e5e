using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.Schedules.Specs;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Tests.Schedules.Specs;

/// <summary>Specs and times in short notation.</summary>
internal static class SpecText
{
    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static ScheduleSpec Cron(params string[] cron) => new() { CronString = { cron } };

    public static ScheduleSpec In(this ScheduleSpec spec, string zone)
    {
        spec.TimezoneName = zone;
        return spec;
    }

    public static ScheduleSpec Between(this ScheduleSpec spec, string? start, string? end)
    {
        spec.StartTime = start is null ? null : Timestamp.FromDateTimeOffset(At(start));
        spec.EndTime = end is null ? null : Timestamp.FromDateTimeOffset(At(end));
        return spec;
    }

    public static ScheduleSpec Every(int seconds, int phase = 0) => new()
    {
        Interval = { new IntervalSpec { Interval = new() { Seconds = seconds }, Phase = new() { Seconds = phase } } },
    };

    /// <summary>The first nominal times after a moment, each as <c>2026-01-01T00:00:00Z</c>.</summary>
    public static IEnumerable<string> Times(this ScheduleSpec spec, string after, int count) =>
        new ScheduleTimes(CanonicalSpec.Of(spec), "seed").Following(At(after)).Take(count).Select(time => Shown(time.Nominal));

    public static string Shown(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
