using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.Tests.Schedules.Specs;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Tests.Schedules;

public sealed class SchedulePatchTests
{
    [Fact]
    public void Pause_ThenUnpause_LeavesThePausedTimesOut()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()).PassTo("2026-01-01T00:30:00Z").Patch(new() { Pause = "maintenance" });
        Assert.Null(schedule.WakeAt());
        Assert.Equal(("maintenance", true, 2L), (schedule.State.Definition.State.Notes, schedule.State.IsPaused, schedule.State.Revision));
        schedule.PassTo("2026-01-01T05:30:00Z").Patch(new() { Unpause = "done" }).PassTo("2026-01-01T06:00:00Z");
        Assert.Equal(["2026-01-01T06:00:00Z"], schedule.StartedTimes);
        Assert.Equal("done", schedule.State.Definition.State.Notes);
    }

    [Fact]
    public void Trigger_WhilePaused_ActsNow()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()).Patch(new() { Pause = "p" }).PassTo("2026-01-01T00:12:34Z");
        schedule.Patch(new() { TriggerImmediately = new() });
        Assert.Equal(["2026-01-01T00:12:34Z"], schedule.StartedTimes);
        Assert.Equal(WorkflowIdReusePolicy.AllowDuplicate, schedule.Started[0].WorkflowIdReusePolicy);
    }

    [Fact]
    public void Backfill_OverARange_StartsEveryTimeWithBothEnds()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()).Patch(Backfill("2025-01-01T00:00:00Z", "2025-01-01T03:00:00Z", ScheduleOverlapPolicy.AllowAll));
        Assert.Equal(["2025-01-01T00:00:00Z", "2025-01-01T01:00:00Z", "2025-01-01T02:00:00Z", "2025-01-01T03:00:00Z"], schedule.StartedTimes);
    }

    [Fact]
    public void Backfill_InTurn_WaitsForEachToClose()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()).Patch(Backfill("2025-01-01T00:00:00Z", "2025-01-01T02:00:00Z", ScheduleOverlapPolicy.BufferAll));
        Assert.Single(schedule.Started);
        Assert.Equal(3, schedule.Close(0).Close(1).Started.Count);
    }

    [Fact]
    public void Backfill_LargerThanOneStep_GoesOnByItself()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()).Patch(Backfill("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z", ScheduleOverlapPolicy.AllowAll));
        Assert.InRange(schedule.Started.Count, 1, 200);
        Assert.Equal(schedule.Now, schedule.WakeAt());
        Assert.Equal((31 * 24) + 1, schedule.PassTo("2026-01-01T00:30:00Z").StartedTimes.Distinct().Count());
    }

    [Fact]
    public void LimitedActions_UsedUp_StopTheSchedule()
    {
        var definition = SimulatedSchedule.Hourly();
        (definition.State.LimitedActions, definition.State.RemainingActions) = (true, 2);
        var schedule = new SimulatedSchedule(definition).PassTo("2026-01-01T05:00:00Z", closing: true);
        Assert.Equal(2, schedule.Started.Count);
        Assert.Equal(0, schedule.State.Definition.State.RemainingActions);
        Assert.Null(schedule.WakeAt());
        Assert.Equal(3, schedule.Patch(new() { TriggerImmediately = new() }).Started.Count);
    }

    private static SchedulePatch Backfill(string from, string to, ScheduleOverlapPolicy overlap) => new()
    {
        BackfillRequest =
        {
            new BackfillRequest
            {
                StartTime = Timestamp.FromDateTimeOffset(SpecText.At(from)),
                EndTime = Timestamp.FromDateTimeOffset(SpecText.At(to)),
                OverlapPolicy = overlap,
            },
        },
    };
}
