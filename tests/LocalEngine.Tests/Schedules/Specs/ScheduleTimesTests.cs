using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.Schedules.Specs;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Tests.Schedules.Specs;

public sealed class ScheduleTimesTests
{
    [Fact]
    public void Following_Quarterly_IsTheFirstOfEachQuarter() => Assert.Equal(
        ["2027-01-01T06:00:00Z", "2027-04-01T06:00:00Z", "2027-07-01T06:00:00Z", "2027-10-01T06:00:00Z", "2028-01-01T06:00:00Z"],
        SpecText.Cron("0 6 1 1,4,7,10 *").Times("2026-11-24T10:18:30Z", 5));

    [Fact]
    public void Following_ExactlyOnATime_IsTheNextOne() =>
        Assert.Equal(["2026-01-02T00:00:00Z"], SpecText.Cron("@daily").Times("2026-01-01T00:00:00Z", 1));

    [Fact]
    public void Following_JustBeforeATime_IsThatTime() =>
        Assert.Equal(["2026-01-01T00:00:00Z"], SpecText.Cron("@daily").Times("2025-12-31T23:59:59.999Z", 1));

    [Fact]
    public void Following_LeapDay_SkipsToLeapYears() => Assert.Equal(
        ["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"], SpecText.Cron("0 0 29 2 *").Times("2026-01-01T00:00:00Z", 2));

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 * * * 2020")]
    public void Following_NoSuchDate_IsEmpty(string cron) => Assert.Empty(SpecText.Cron(cron).Times("2026-01-01T00:00:00Z", 1));

    [Fact]
    public void Following_DayOfMonthAndOfWeek_NeedBoth() => Assert.Equal(
        ["2026-02-13T00:00:00Z", "2026-03-13T00:00:00Z", "2026-11-13T00:00:00Z"], SpecText.Cron("0 0 13 * 5").Times("2026-01-01T00:00:00Z", 3));

    [Fact]
    public void Following_EveryField_CarriesOver() => Assert.Equal(
        ["2026-12-31T23:59:58Z", "2027-01-01T00:00:00Z", "2027-01-01T00:00:02Z"],
        SpecText.Cron("*/2 * * * * * *").Times("2026-12-31T23:59:57Z", 3));

    [Fact]
    public void Following_IntervalWithPhase_CountsFromTheEpoch() => Assert.Equal(
        ["2026-11-24T12:10:00Z", "2026-11-24T13:40:00Z", "2026-11-24T15:10:00Z"], SpecText.Every(5400, 600).Times("2026-11-24T11:00:00Z", 3));

    [Fact]
    public void Following_SeveralSpecs_AreMergedWithoutDoubles() => Assert.Equal(
        ["2026-01-01T01:00:00Z", "2026-01-01T01:30:00Z", "2026-01-01T02:00:00Z"],
        SpecText.Cron("0 * * * *", "30 1 * * *", "@every 1h").Times("2026-01-01T00:00:00Z", 3));

    [Fact]
    public void Following_StartAndEnd_AreBothIncluded() => Assert.Equal(
        ["2030-01-01T00:00:00Z", "2030-01-01T01:00:00Z", "2030-01-01T02:00:00Z"],
        SpecText.Every(3600).Between("2030-01-01T00:00:00Z", "2030-01-01T02:00:00Z").Times("2026-01-01T00:00:00Z", 5));

    [Fact]
    public void Following_Exclusion_LeavesItOut()
    {
        var spec = SpecText.Cron("0 12 * * *");
        spec.ExcludeStructuredCalendar.Add(CanonicalSpec.Of(SpecText.Cron("* 12 25 12 *")).StructuredCalendar[0]);
        Assert.Equal(["2026-12-24T12:00:00Z", "2026-12-26T12:00:00Z"], spec.Times("2026-12-24T00:00:00Z", 2));
    }

    [Fact]
    public void Following_EverythingExcluded_IsEmpty()
    {
        var spec = SpecText.Cron("0 12 * * *");
        spec.ExcludeStructuredCalendar.Add(CanonicalSpec.Of(SpecText.Cron("* * * * * * *")).StructuredCalendar[0]);
        Assert.Empty(spec.Times("2026-12-24T00:00:00Z", 1));
    }

    [Fact]
    public void Following_NoSpec_IsEmpty() => Assert.Empty(new ScheduleSpec().Times("2026-01-01T00:00:00Z", 1));

    [Fact]
    public void Jitter_SameSeed_IsStableAndBounded()
    {
        var spec = SpecText.Every(3600);
        spec.Jitter = Duration.FromTimeSpan(TimeSpan.FromMinutes(10));
        var times = new ScheduleTimes(CanonicalSpec.Of(spec), "a").Following(SpecText.At("2026-01-01T00:00:00Z")).Take(200).ToList();
        Assert.All(times, time => Assert.InRange(time.Actual - time.Nominal, TimeSpan.Zero, TimeSpan.FromMinutes(10)));
        Assert.True(times.Select(time => time.Actual - time.Nominal).Distinct().Count() > 150);
        Assert.Equal(times, new ScheduleTimes(CanonicalSpec.Of(spec), "a").Following(SpecText.At("2026-01-01T00:00:00Z")).Take(200));
        Assert.NotEqual(times, new ScheduleTimes(CanonicalSpec.Of(spec), "b").Following(SpecText.At("2026-01-01T00:00:00Z")).Take(200));
    }

    [Fact]
    public void Jitter_LongerThanTheGap_StaysBeforeTheNextTime()
    {
        var spec = SpecText.Every(60);
        spec.Jitter = Duration.FromTimeSpan(TimeSpan.FromHours(5));
        var times = new ScheduleTimes(CanonicalSpec.Of(spec), "a").Following(SpecText.At("2026-01-01T00:00:00Z")).Take(500).ToList();
        Assert.All(times.Zip(times.Skip(1)), pair =>
        {
            Assert.Equal(TimeSpan.FromMinutes(1), pair.Second.Nominal - pair.First.Nominal);
            Assert.True(pair.First.Actual < pair.Second.Nominal);
        });
    }
}
