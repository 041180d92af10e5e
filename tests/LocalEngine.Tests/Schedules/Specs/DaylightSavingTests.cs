namespace Lifecycle.LocalEngine.Tests.Schedules.Specs;

/// <summary>Wall clocks that jump, repeat an hour, or leave out a day.</summary>
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
    public void Following_RepeatedHourInEveryZone_IsVisitedInOrder() => Assert.Equal(
        ["2026-10-25T00:00:00Z", "2026-10-25T00:20:00Z", "2026-10-25T00:40:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:20:00Z", "2026-10-25T01:40:00Z", "2026-10-25T02:00:00Z"],
        SpecText.Cron("*/20 * * * *").In("Europe/London").Times("2026-10-24T23:59:00Z", 7));

    [Fact]
    public void Following_DayThatAZoneLeftOut_IsLeftOutToo() => Assert.Equal(
        ["2010-12-30T22:00:00Z", "2012-12-29T22:00:00Z"], SpecText.Cron("0 12 30 12 *").In("Pacific/Apia").Times("2010-01-01T00:00:00Z", 2));

    [Theory]
    [InlineData("Pacific/Apia", "2011-12-25T00:00:00Z")]
    [InlineData("Europe/London", "2026-10-20T00:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-02-10T00:00:00Z")]
    [InlineData("Asia/Beirut", "2026-03-20T00:00:00Z")]
    [InlineData("Africa/Casablanca", "2026-02-10T00:00:00Z")]
    [InlineData("Antarctica/Troll", "2026-10-20T00:00:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-01T00:00:00Z")]
    [InlineData("America/Caracas", "2016-04-25T00:00:00Z")]
    public void Following_EveryTenMinutesInAnyZone_GoesForwardOnly(string zone, string after)
    {
        var times = SpecText.Cron("*/10 * * * *").In(zone).Times(after, 3000).Select(SpecText.At).ToList();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void Following_EveryMinuteOfAYear_NeverRepeatsOrGoesBack()
    {
        var times = SpecText.Cron("* * * * *").In("Europe/London").Times("2026-01-01T00:00:00Z", 525_600).Select(SpecText.At).ToList();
        Assert.Equal(SpecText.At("2027-01-01T00:00:00Z"), times[^1]);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(TimeSpan.FromMinutes(1), pair.Second - pair.First));
    }
}
