using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.Tests.Schedules.Specs;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Tests.Schedules;

public sealed class ScheduleTimingTests
{
    [Fact]
    public void Schedule_AsTimePasses_StartsOneWorkflowForEachTime()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()).PassTo("2026-01-01T03:30:00Z", closing: true);
        Assert.Equal(["2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z", "2026-01-01T03:00:00Z"], schedule.StartedTimes);
        Assert.Equal(SpecText.At("2026-01-01T04:00:00Z"), schedule.WakeAt());
        Assert.Equal(3, schedule.State.Counts.ActionsTaken);
    }

    [Fact]
    public void Schedule_WokenTwiceForOneTime_ActsOnce()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly(ScheduleOverlapPolicy.AllowAll)).WakeLate("2026-01-01T01:00:00Z").WakeLate("2026-01-01T01:00:00Z");
        Assert.Equal(["2026-01-01T01:00:00Z"], schedule.StartedTimes);
    }

    [Fact]
    public void Schedule_WokenLate_CatchesUpWithinItsWindow()
    {
        var definition = SimulatedSchedule.Hourly(ScheduleOverlapPolicy.AllowAll);
        definition.Policies.CatchupWindow = Duration.FromTimeSpan(TimeSpan.FromHours(2));
        var schedule = new SimulatedSchedule(definition).WakeLate("2026-01-01T05:30:00Z");
        Assert.Equal(["2026-01-01T04:00:00Z", "2026-01-01T05:00:00Z"], schedule.StartedTimes);
        Assert.Equal(3, schedule.State.Counts.MissedCatchupWindow);
        Assert.Equal(3, schedule.WakeLate("2026-01-01T05:45:00Z").State.Counts.MissedCatchupWindow);
    }

    [Fact]
    public void Schedule_CatchupWindowBelowTheLeast_IsRaised()
    {
        var definition = SimulatedSchedule.Hourly();
        definition.Policies.CatchupWindow = Duration.FromTimeSpan(TimeSpan.FromSeconds(1));
        Assert.Equal(10, new SimulatedSchedule(definition).State.Definition.Policies.CatchupWindow.Seconds);
    }

    [Fact]
    public void Schedule_Jittered_ActsLateUnderTheNominalName()
    {
        var definition = SimulatedSchedule.Hourly();
        definition.Spec.Jitter = Duration.FromTimeSpan(TimeSpan.FromMinutes(30));
        var schedule = new SimulatedSchedule(definition).PassTo("2026-01-03T00:00:00Z", closing: true);
        Assert.Equal(47, schedule.StartedTimes.Distinct().Count());
        Assert.All(schedule.StartedTimes, time => Assert.EndsWith(":00:00Z", time, StringComparison.Ordinal));
        Assert.Contains(schedule.State.RecentActions, action => action.ScheduleTime.Seconds % 3600 != 0);
    }

    [Fact]
    public void Schedule_PastItsEnd_SleepsForEver() =>
        Assert.Null(new SimulatedSchedule(SimulatedSchedule.Definition(SpecText.Every(3600).Between(null, "2026-01-01T02:00:00Z"))).PassTo("2026-01-01T05:00:00Z", closing: true).WakeAt());

    [Fact]
    public void Schedule_TenYearsOfQuarters_ActsOnEachExactlyOnce()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Definition(SpecText.Cron("0 6 1 1,4,7,10 *").In("Europe/Berlin"))).PassTo("2036-01-01T00:00:00Z", closing: true);
        Assert.Equal(40, schedule.Started.Count);
        Assert.Equal(40, schedule.StartedTimes.Distinct().Count());
    }

    [Fact]
    public void Schedule_UpdatedSpec_ForgetsTimesBeforeTheUpdate()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()).PassTo("2026-01-01T01:30:00Z", closing: true);
        schedule.Update(SimulatedSchedule.Definition(SpecText.Every(600))).PassTo("2026-01-01T01:45:00Z", closing: true);
        Assert.Equal(["2026-01-01T01:00:00Z", "2026-01-01T01:40:00Z"], schedule.StartedTimes.Where(time => time != "2026-01-01T01:30:00Z"));
        Assert.Equal(2, schedule.State.Revision);
    }
}
