using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.Tests.Schedules.Specs;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Tests.Schedules;

/// <summary>Random lives of schedules, each from its seed: whatever happens, every time of the spec is accounted for once.</summary>
public sealed class ScheduleSimulationTests
{
    private const int Steps = 60;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnyLife_OfAHundredSeeds_AccountsForEveryTimeOnce(int hundred)
    {
        for (var seed = hundred * 100; seed < (hundred + 1) * 100; seed++)
        {
            Live(seed);
        }
    }

    private static void Live(int seed)
    {
        var random = new Random(seed);
        var overlap = (ScheduleOverlapPolicy)random.Next(1, 7);
        var definition = SimulatedSchedule.Hourly(overlap);
        definition.Policies.CatchupWindow = Duration.FromTimeSpan(TimeSpan.FromHours(3));
        definition.Policies.PauseOnFailure = false;
        var schedule = new SimulatedSchedule(definition);
        var open = new List<int>();
        for (var step = 0; step < Steps; step++)
        {
            var before = schedule.Started.Count;
            Step(random, schedule, open);
            open.AddRange(Enumerable.Range(before, schedule.Started.Count - before));
            AssertAccounted(seed, schedule, overlap);
        }
    }

    private static void Step(Random random, SimulatedSchedule schedule, List<int> open)
    {
        var later = schedule.Now + TimeSpan.FromMinutes(random.Next(1, 400));
        switch (random.Next(4))
        {
            case 0:
                schedule.PassTo(SpecText.Shown(later));
                break;
            case 1:
                schedule.WakeLate(SpecText.Shown(later));
                break;
            case 2 when open.Count > 0:
                var index = open[random.Next(open.Count)];
                open.Remove(index);
                schedule.Close(index, random.Next(2) == 0 ? WorkflowExecutionStatus.Completed : WorkflowExecutionStatus.Failed);
                break;
            default:
                schedule.Update(schedule.State.Definition.Clone());
                break;
        }
    }

    private static void AssertAccounted(int seed, SimulatedSchedule schedule, ScheduleOverlapPolicy overlap)
    {
        var state = schedule.State;
        var settled = (long)(state.SettledUntil - SpecText.At("2026-01-01T00:00:00Z")).TotalHours;
        var accounted = state.Counts.ActionsTaken + state.Counts.MissedCatchupWindow + state.Counts.OverlapSkipped + state.Counts.BufferDropped + state.Buffer.Length;

        // Of several times that wait to stop the running workflow, the last one takes the place of the others.
        var replaces = overlap is ScheduleOverlapPolicy.CancelOther or ScheduleOverlapPolicy.TerminateOther;
        Assert.True(replaces ? accounted <= settled : accounted == settled, $"seed {seed}: {accounted} outcomes of {settled} times");
        Assert.Equal(schedule.Started.Count, schedule.StartedTimes.Distinct().Count());
        Assert.True(overlap == ScheduleOverlapPolicy.AllowAll || state.Running.Length <= 1, $"seed {seed}: {state.Running.Length} at once");
    }
}
