using Lifecycle.LocalEngine.Schedules.Specs;
using Temporalio.Api.Schedule.V1;
using ValueRange = Temporalio.Api.Schedule.V1.Range;

namespace Lifecycle.LocalEngine.Tests.Schedules.Specs;

/// <summary>Expected forms and texts are the official server's.</summary>
public sealed class CanonicalSpecTests
{
    [Theory]
    [InlineData("0 12 * * MON-FRI", "0 0 12 1-31 1-12 1-5")]
    [InlineData("@hourly", "0 0 0-23 1-31 1-12 0-6")]
    [InlineData("*/15 8-18/2 1,15 jan-mar 1-5 2027", "0 0-59/15 8-18/2 1,15 1-3 1-5 2027")]
    [InlineData("10 */15 8 * * 7 2027", "10 0-59/15 8 1-31 1-12 0 2027")]
    [InlineData("0 0 * * 7", "0 0 0 1-31 1-12 0")]
    [InlineData("0 0 * * 5-7", "0 0 0 1-31 1-12 0,5-6")]
    [InlineData("0 0 * * 6-7", "0 0 0 1-31 1-12 0,6")]
    [InlineData("0 0 * * 0-7", "0 0 0 1-31 1-12 0-6")]
    [InlineData("0 0 * * 1-7/2", "0 0 0 1-31 1-12 0,1-6/2")]
    [InlineData("0 0 * * 7/2", "0 0 0 1-31 1-12 0")]
    [InlineData("0 0 * * tuesd", "0 0 0 1-31 1-12 2")]
    [InlineData("0 5/3 * * 1 2026/2", "0 0 5-23/3 1-31 1-12 1 2026-2100/2")]
    [InlineData("0 5 * jan,dece *", "0 0 5 1-31 1,12 0-6")]
    public void Of_CronString_BecomesAStructuredCalendar(string cron, string expected)
    {
        var spec = CanonicalSpec.Of(SpecText.Cron(cron));
        Assert.Equal(expected, Shown(Assert.Single(spec.StructuredCalendar)));
        Assert.Empty(spec.CronString);
    }

    [Fact]
    public void Of_CronWithComment_KeepsIt() =>
        Assert.Equal("a comment", CanonicalSpec.Of(SpecText.Cron("0 0 * * * # a comment")).StructuredCalendar[0].Comment);

    [Fact]
    public void Of_CronWithZone_SetsTheZone() =>
        Assert.Equal("America/New_York", CanonicalSpec.Of(SpecText.Cron("CRON_TZ=America/New_York 30 2 * * *")).TimezoneName);

    [Fact]
    public void Of_EveryWithPhase_BecomesAnInterval()
    {
        var interval = Assert.Single(CanonicalSpec.Of(SpecText.Cron("@every 1h30m/10m")).Interval);
        Assert.Equal((5400, 600), (interval.Interval.Seconds, interval.Phase.Seconds));
    }

    [Fact]
    public void Of_StructuredCalendarOfAClient_FillsEndAndStep()
    {
        var spec = new ScheduleSpec { StructuredCalendar = { new StructuredCalendarSpec { Hour = { new ValueRange { Start = 6 } } } } };
        Assert.Equal(new ValueRange { Start = 6, End = 6, Step = 1 }, CanonicalSpec.Of(spec).StructuredCalendar[0].Hour[0]);
        Assert.Equal(0, spec.StructuredCalendar[0].Hour[0].End);
    }

    [Fact]
    public void Of_CanonicalSpec_IsItself()
    {
        var once = CanonicalSpec.Of(SpecText.Cron("*/5 1-3 * * 5-7", "@every 1h").In("Europe/Berlin"));
        Assert.Equal(once, CanonicalSpec.Of(once));
    }

    [Theory]
    [InlineData("61 * * * *", "Minute is not in range [0-59]")]
    [InlineData("* * *", "CronString does not have 5-7 fields")]
    [InlineData("1/0 * * * *", "Minute has invalid Step")]
    [InlineData("@reboot", "CronString does not have 5-7 fields")]
    [InlineData("@every 5", "time: missing unit in duration \"5\"")]
    [InlineData("@every 100ms", "interval is too small")]
    [InlineData("TZ=Asia/Tokyo", "CronString has time zone but missing fields")]
    [InlineData("0 0 * * sat-sun", "DayOfWeek End is before Start or not in range [0-7]")]
    [InlineData("0 0 * * 8", "DayOfWeek is not in range [0-7]")]
    [InlineData("0 5 * * 1 1999", "Year is not in range [2000-2100]")]
    [InlineData("0 5 * ja *", "Month is not in range [1-12]")]
    [InlineData("0 0 L * *", "DayOfMonth is not in range [1-31]")]
    [InlineData("0 5- * * *", "Hour End is before Start or not in range [0-23]")]
    [InlineData("0 , * * *", "Hour is not in range [0-23]")]
    [InlineData("0 5/2/3 * * *", "Hour has too many slashes")]
    [InlineData("0 5-6-7 * * *", "Hour has too many dashes")]
    [InlineData("0 5/-2 * * *", "Hour has invalid Step")]
    public void Of_WrongCronString_SaysWhat(string cron, string message) => AssertRefused(SpecText.Cron(cron), message);

    [Fact]
    public void Of_ZonesThatDisagree_IsRefused() =>
        AssertRefused(SpecText.Cron("TZ=Asia/Tokyo 0 1 * * *").In("Europe/Berlin"), "conflicting timezone names");

    [Fact]
    public void Of_UnknownZone_IsRefused() => AssertRefused(SpecText.Cron("0 1 * * *").In("Europe/Nowhere"), "unknown time zone Europe/Nowhere");

    [Theory]
    [InlineData(3600, 4200, "phase cannot be greater than Interval")]
    [InlineData(3600, -1, "phase is negative")]
    [InlineData(0, 0, "interval is too small")]
    public void Of_WrongInterval_IsRefused(int seconds, int phase, string message) => AssertRefused(SpecText.Every(seconds, phase), message);

    [Fact]
    public void Of_WrongStructuredCalendar_IsRefused() => AssertRefused(
        new() { StructuredCalendar = { new StructuredCalendarSpec { Hour = { new ValueRange { Start = 24 } } } } },
        "invalid calendar spec: Hour Start is not in range [0-23]");

    private static void AssertRefused(ScheduleSpec spec, string message) =>
        Assert.Equal($"Invalid schedule spec: {message}", Assert.Throws<InvalidScheduleException>(() => CanonicalSpec.Of(spec)).Message);

    private static string Shown(StructuredCalendarSpec calendar) => string.Join(' ', new[]
    {
        calendar.Second, calendar.Minute, calendar.Hour, calendar.DayOfMonth, calendar.Month, calendar.DayOfWeek, calendar.Year,
    }.Where(ranges => ranges.Count > 0).Select(ranges => string.Join(',', ranges.Select(Shown))));

    private static string Shown(ValueRange range) =>
        (range.End == range.Start ? $"{range.Start}" : $"{range.Start}-{range.End}") + (range.Step == 1 ? "" : $"/{range.Step}");
}
