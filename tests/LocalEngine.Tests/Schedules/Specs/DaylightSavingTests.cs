namespace Lifecycle.LocalEngine.Tests.Schedules.Specs;

/// <summary>The expected times are what the official server lists for the same specs.</summary>
public sealed class DaylightSavingTests
{
    [Fact]
    public void Following_DailyAcrossTheYear_KeepsTheWallClock() => Assert.Equal(
        ["2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z"], SpecText.Cron("0 9 * * *").In("Europe/Berlin").Times("2026-03-28T00:00:00Z", 2));

    [Fact]
    public void Following_TimeInTheGap_IsLeftOutThatDay() => Assert.Equal(
        ["2026-03-07T07:30:00Z", "2026-03-09T06:30:00Z"], SpecText.Cron("30 2 * * *").In("America/New_York").Times("2026-03-07T00:00:00Z", 2));

    [Fact]
    public void Following_HourlyOverTheGap_MissesNothing() => Assert.Equal(
        ["2026-03-08T06:00:00Z", "2026-03-08T07:00:00Z", "2026-03-08T08:00:00Z"],
        SpecText.Cron("0 * * * *").In("America/New_York").Times("2026-03-08T05:30:00Z", 3));

    [Fact]
    public void Following_TimeInTheRepeatedHour_HappensTwice() => Assert.Equal(
        ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2026-11-02T06:30:00Z"],
        SpecText.Cron("30 1 * * *").In("America/New_York").Times("2026-11-01T00:00:00Z", 3));

    [Fact]
    public void Following_HourlyOverTheRepeatedHour_MissesNothing() => Assert.Equal(
        ["2026-11-01T04:00:00Z", "2026-11-01T05:00:00Z", "2026-11-01T06:00:00Z", "2026-11-01T07:00:00Z"],
        SpecText.Cron("0 * * * *").In("America/New_York").Times("2026-11-01T03:30:00Z", 4));

    [Fact]
    public void Following_QuartersOfTheRepeatedHour_RunThroughItTwice() => Assert.Equal(
        ["2026-11-01T05:15:00Z", "2026-11-01T05:45:00Z", "2026-11-01T06:15:00Z", "2026-11-01T06:45:00Z", "2026-11-01T07:15:00Z"],
        SpecText.Cron("15,45 * * * *").In("America/New_York").Times("2026-11-01T05:00:00Z", 5));

    [Fact]
    public void Following_YearlyInTheRepeatedHour_TakesTheFirstPassFirst() => Assert.Equal(
        ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z", "2027-11-01T05:30:00Z"],
        SpecText.Cron("30 1 1 11 *").In("America/New_York").Times("2026-01-15T00:00:00Z", 3));

    [Fact]
    public void Following_HalfHourShift_IsFollowed() => Assert.Equal(
        ["2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z", "2026-04-05T15:15:00Z"],
        SpecText.Cron("45 1 * * *").In("Australia/Lord_Howe").Times("2026-04-04T00:00:00Z", 3));

    [Fact]
    public void Following_EveryMinuteOfAYear_NeverRepeatsOrGoesBack()
    {
        var times = SpecText.Cron("* * * * *").In("Europe/London").Times("2026-01-01T00:00:00Z", 525_600).Select(SpecText.At).ToList();
        Assert.Equal(SpecText.At("2027-01-01T00:00:00Z"), times[^1]);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(TimeSpan.FromMinutes(1), pair.Second - pair.First));
    }
}
