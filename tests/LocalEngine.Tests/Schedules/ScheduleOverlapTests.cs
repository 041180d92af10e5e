using Lifecycle.LocalEngine.Schedules;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Tests.Schedules;

public sealed class ScheduleOverlapTests
{
    [Fact]
    public void Skip_WhileRunning_LeavesTheTimeOut()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()).PassTo("2026-01-01T03:00:00Z");
        Assert.Equal(["2026-01-01T01:00:00Z"], schedule.StartedTimes);
        Assert.Equal(2, schedule.State.Counts.OverlapSkipped);
        Assert.Equal(2, schedule.Close(0).PassTo("2026-01-01T04:00:00Z").Started.Count);
    }

    [Fact]
    public void BufferOne_WhileRunning_KeepsTheFirstOnly()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly(ScheduleOverlapPolicy.BufferOne)).PassTo("2026-01-01T04:00:00Z");
        Assert.Single(schedule.State.Buffer);
        Assert.Equal(2, schedule.State.Counts.OverlapSkipped);
        Assert.Equal(["2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z"], schedule.Close(0).StartedTimes);
    }

    [Fact]
    public void BufferAll_WhileRunning_StartsEachInTurn()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly(ScheduleOverlapPolicy.BufferAll)).PassTo("2026-01-01T04:00:00Z");
        Assert.Single(schedule.Started);
        Assert.Equal(4, schedule.Close(0).Close(1).Close(2).Started.Count);
        Assert.Single(schedule.State.Running);
        Assert.Empty(schedule.State.Buffer);
    }

    [Theory]
    [InlineData(ScheduleOverlapPolicy.CancelOther, "cancel run-0: cancelled by schedule overlap policy")]
    [InlineData(ScheduleOverlapPolicy.TerminateOther, "terminate run-0: terminated by schedule overlap policy")]
    public void StopOther_WhileRunning_StopsItAndStartsAfterItsEnd(ScheduleOverlapPolicy policy, string stop)
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly(policy)).PassTo("2026-01-01T02:00:00Z");
        Assert.Equal([stop], schedule.Stopped);
        Assert.Single(schedule.Started);
        Assert.Equal(["2026-01-01T01:00:00Z", "2026-01-01T02:00:00Z"], schedule.Close(0, WorkflowExecutionStatus.Canceled).StartedTimes);
    }

    [Fact]
    public void AllowAll_WhileRunning_StartsAndTracksNothing()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly(ScheduleOverlapPolicy.AllowAll)).PassTo("2026-01-01T04:00:00Z");
        Assert.Equal(4, schedule.Started.Count);
        Assert.Empty(schedule.State.Running);
    }

    [Fact]
    public void Trigger_WithItsOwnPolicy_OverridesTheSchedules()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()).PassTo("2026-01-01T01:00:00Z");
        schedule.Patch(new() { TriggerImmediately = new() { OverlapPolicy = ScheduleOverlapPolicy.AllowAll } });
        Assert.Equal(2, schedule.Started.Count);
        Assert.Single(schedule.State.Running);
    }

    [Fact]
    public void Buffer_Full_DropsAndCounts()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly(ScheduleOverlapPolicy.BufferAll)).PassTo("2026-01-01T01:00:00Z").PassTo("2026-02-15T00:00:00Z");
        Assert.Equal(ScheduleStep.MaxBuffer, schedule.State.Buffer.Length);
        Assert.Equal((45 * 24) - 1 - ScheduleStep.MaxBuffer, schedule.State.Counts.BufferDropped);
    }

    [Fact]
    public void Decision_StopOtherWithNothingRunning_ReplacesWhatWouldStart()
    {
        var first = new BufferedStart(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, ScheduleOverlapPolicy.Skip, false);
        var second = first with { Nominal = DateTimeOffset.UnixEpoch.AddHours(1), Overlap = ScheduleOverlapPolicy.TerminateOther };
        Assert.Equal(second, OverlapDecision.Of([first, second], isRunning: false, own => own).Next);
    }

    [Fact]
    public void Decision_StopOtherAmongAllowAll_StartsNoneInVain()
    {
        var overlapping = new BufferedStart(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, ScheduleOverlapPolicy.AllowAll, true);
        var decision = OverlapDecision.Of([overlapping, overlapping with { Overlap = ScheduleOverlapPolicy.CancelOther }], isRunning: true, own => own);
        Assert.Empty(decision.Overlapping);
        Assert.True(decision.CancelRunning);
    }

    [Fact]
    public void Start_BarredByAWorkflowOfThatId_IsPassedOver()
    {
        var schedule = new SimulatedSchedule(SimulatedSchedule.Hourly()) { Barred = { "wf-2026-01-01T01:00:00Z" } };
        schedule.PassTo("2026-01-01T02:00:00Z");
        Assert.Equal(["2026-01-01T02:00:00Z"], schedule.StartedTimes);
        Assert.Equal(1, schedule.State.Counts.ActionsTaken);
    }
}
