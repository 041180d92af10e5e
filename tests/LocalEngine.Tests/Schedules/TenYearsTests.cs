using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.Tests.Schedules.Specs;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;
using ValueRange = Temporalio.Api.Schedule.V1.Range;

namespace Lifecycle.LocalEngine.Tests.Schedules;

/// <summary>Ten simulated years, with an engine or a worker that is dead for a month, clock changes and leap days.</summary>
public sealed class TenYearsTests
{
    private const string End = "2036-01-01T00:00:00Z";

    [Fact]
    public void Quarters_EngineDeadForAMonthWithinTheWindow_AreFortyEachOnce()
    {
        var schedule = Quarterly(TimeSpan.FromDays(31)).PassTo("2030-06-20T00:00:00Z", closing: true).WakeLate("2030-07-20T00:00:00Z").CloseRunning().PassTo(End, closing: true);
        Assert.Equal(Quarters(), schedule.StartedTimes);
        Assert.Equal((40, 0, 0), (schedule.State.Counts.ActionsTaken, schedule.State.Counts.MissedCatchupWindow, schedule.State.Counts.OverlapSkipped));
    }

    [Fact]
    public void Quarters_EngineDeadForAMonthBeyondTheWindow_MissThatOneAlone()
    {
        var schedule = Quarterly(TimeSpan.FromDays(3)).PassTo("2030-06-20T00:00:00Z", closing: true).WakeLate("2030-07-20T00:00:00Z").PassTo(End, closing: true);
        Assert.Equal(Quarters().Except(["2030-07-01T04:00:00Z"]), schedule.StartedTimes);
        Assert.Equal((39, 1), (schedule.State.Counts.ActionsTaken, schedule.State.Counts.MissedCatchupWindow));
    }

    [Fact]
    public void Quarters_WorkerDeadForAMonth_AreFortyAndOneOfThemWaits()
    {
        var schedule = Quarterly(TimeSpan.FromDays(31)).PassTo("2030-06-20T00:00:00Z", closing: true).PassTo("2030-07-20T00:00:00Z");
        Assert.Single(schedule.State.Running);
        schedule.CloseRunning().PassTo(End, closing: true);
        Assert.Equal(Quarters(), schedule.StartedTimes);
        Assert.Equal((40, 0), (schedule.State.Counts.ActionsTaken, schedule.State.Counts.OverlapSkipped));
    }

    [Theory]
    [InlineData(ScheduleOverlapPolicy.Skip, 29, 0)]
    [InlineData(ScheduleOverlapPolicy.BufferOne, 28, 1)]
    [InlineData(ScheduleOverlapPolicy.BufferAll, 0, 29)]
    public void Days_WorkerDeadForAMonth_ArePassedOverAsThePolicySays(ScheduleOverlapPolicy overlap, int passedOver, int waiting)
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Definition(SpecText.Cron("30 4 * * *"), overlap)).PassTo("2030-06-01T00:00:00Z", closing: true).PassTo("2030-07-01T00:00:00Z");
        Assert.Equal((passedOver, waiting), ((int)schedule.State.Counts.OverlapSkipped, schedule.State.Buffer.Length));
        var before = schedule.State.Counts.ActionsTaken;
        schedule.CloseRunning().PassTo(End, closing: true);
        Assert.Equal(Days("2026-01-01", "2036-01-01") - passedOver, schedule.State.Counts.ActionsTaken);
        Assert.Equal(waiting, schedule.State.Counts.ActionsTaken - before - Days("2030-07-01", "2036-01-01"));
        Assert.Equal(schedule.Started.Count, schedule.StartedTimes.Distinct().Count());
    }

    [Fact]
    public void HalfPastTwo_ThroughTenYearsOfClockChanges_IsLeftOutInSpringAndTwiceInAutumn()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Definition(SpecText.Cron("30 2 * * *").In("Europe/Berlin"))).PassTo(End, closing: true);
        var times = schedule.StartedTimes.Select(SpecText.At).ToList();
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var days = times.Select(time => TimeZoneInfo.ConvertTime(time, berlin)).GroupBy(time => DateOnly.FromDateTime(time.DateTime)).ToDictionary(day => day.Key, day => day.Count());
        Assert.Equal(times.Count, times.Distinct().Count());
        Assert.Equal(Days("2026-01-01", "2036-01-01") - 10, days.Count);
        Assert.Equal(10, days.Count(day => day.Value == 2));
        Assert.All(times, time => Assert.Equal((2, 30), (TimeZoneInfo.ConvertTime(time, berlin).Hour, time.Minute)));
        Assert.DoesNotContain(new DateOnly(2026, 3, 29), days.Keys);
        Assert.Equal(2, days[new DateOnly(2026, 10, 25)]);
    }

    [Fact]
    public void LastDayOfFebruary_InLeapYearsOnly_HappensInThem() => Assert.Equal(
        ["2028-02-29T06:00:00Z", "2032-02-29T06:00:00Z"],
        new SimulatedSchedule(SimulatedSchedule.Definition(SpecText.Cron("0 6 29 2 *"))).PassTo(End, closing: true).StartedTimes);

    // Six o'clock in Berlin: five in winter, four in summer, by the clock of the world.
    private static IEnumerable<string> Quarters() => Enumerable.Range(2026, 10).SelectMany(year => new[]
    {
        $"{year}-01-01T05:00:00Z", $"{year}-04-01T04:00:00Z", $"{year}-07-01T04:00:00Z", $"{year}-10-01T04:00:00Z",
    });

    private static SimulatedSchedule Quarterly(TimeSpan window)
    {
        var definition = SimulatedSchedule.Definition(new ScheduleSpec
        {
            TimezoneName = "Europe/Berlin",
            StructuredCalendar =
            {
                new StructuredCalendarSpec
                {
                    Second = { new ValueRange() }, Minute = { new ValueRange() }, Hour = { new ValueRange { Start = 6 } },
                    DayOfMonth = { new ValueRange { Start = 1 } }, Month = { new ValueRange { Start = 1, End = 10, Step = 3 } },
                    DayOfWeek = { new ValueRange { Start = 0, End = 6 } },
                },
            },
        });
        definition.Policies.CatchupWindow = Duration.FromTimeSpan(window);
        return new SimulatedSchedule(definition);
    }

    private static int Days(string from, string to) => (int)(SpecText.At($"{to}T00:00:00Z") - SpecText.At($"{from}T00:00:00Z")).TotalDays;
}
