using System.Collections.Immutable;
using Lifecycle.Conformance.Tests.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace Lifecycle.Conformance.Tests.Scenarios;

/// <summary>What <c>lifecycle schedule apply</c> and an operator ask of a schedule: everything comes back as it was given.</summary>
internal static class AppliedScheduleScenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("applied-quarterly", QuarterlyAsync),
        new("applied-limit", LimitAsync),
        new("applied-overlaps", OverlapsAsync),
        new("applied-hand-change", HandChangeAsync),
        new("applied-pause-survives", PauseSurvivesAsync),
        new("applied-paused-acts", PausedActsAsync),
    ];

    // February's thirtieth: such a schedule acts only when it is told to.
    private static ScheduleSpec Never => new() { Calendars = [new() { Month = [new(2)], DayOfMonth = [new(30)] }] };

    private static async Task QuarterlyAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, Quarterly(6), new() { CatchupWindow = TimeSpan.FromDays(31), PauseOnFailure = true }, new() { Note = "the quarter" });
        var described = await handle.DescribeAsync();
        var calendar = Assert.Single(described.Schedule.Spec.Calendars);
        Assert.Equal([new(1, 10, 3)], calendar.Month);
        Assert.Equal([new(0, 6, 1)], calendar.DayOfWeek);
        Assert.Equal(6, Assert.Single(calendar.Hour).Start);
        Assert.Empty(calendar.Year);
        Assert.Equal(("Europe/Berlin", TimeSpan.FromMinutes(10)), (described.Schedule.Spec.TimeZoneName, described.Schedule.Spec.Jitter));
        Assert.Equal((TimeSpan.FromDays(31), true, "the quarter"), (described.Schedule.Policy.CatchupWindow, described.Schedule.Policy.PauseOnFailure, described.Schedule.State.Note));
        Assert.Equal("m", await described.Memo["lifecycleModel"].ToValueAsync<string>());
        var action = Assert.IsType<ScheduleActionStartWorkflow>(described.Schedule.Action);
        Assert.Equal("what it starts", action.Options.StaticSummary);
        Assert.Equal(4, await Assert.IsAssignableFrom<Temporalio.Converters.IEncodedRawValue>(action.Options.Memo!["limit"]).ToValueAsync<int>());
        await handle.DeleteAsync();
    }

    private static async Task LimitAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, new() { Intervals = [new(TimeSpan.FromSeconds(1))] }, new() { Overlap = ScheduleOverlapPolicy.AllowAll }, new() { LimitedActions = true, RemainingActions = 2 });
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Schedule.State.RemainingActions == 0, "the limit is used up");
        var described = await handle.DescribeAsync();
        Assert.Equal(2, described.Info.NumActions);

        // A trigger takes its workflow id from the second it comes in: another than the last action's.
        var last = new DateTimeOffset(described.Info.RecentActions.Last().ScheduledAt);
        await ScenarioRun.EventuallyAsync(() => Task.FromResult(run.Engine.Clock.GetUtcNow() > last.AddSeconds(2)), "the next second");
        await handle.TriggerAsync();
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Info.NumActions == 3, "a trigger by hand, which no limit counts");
        Assert.True((await handle.DescribeAsync()).Schedule.State.LimitedActions);
        await handle.DeleteAsync();
    }

    private static async Task OverlapsAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, Never, new(), new());
        foreach (var overlap in Enum.GetValues<ScheduleOverlapPolicy>().Where(policy => policy != ScheduleOverlapPolicy.Unspecified))
        {
            await handle.UpdateAsync(input => new ScheduleUpdate(input.Description.Schedule with { Policy = new() { Overlap = overlap } }));
            await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Schedule.Policy.Overlap == overlap, $"{overlap}");
        }

        await handle.DeleteAsync();
    }

    private static async Task HandChangeAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, Quarterly(6), new(), new());
        await handle.UpdateAsync(input => new ScheduleUpdate(input.Description.Schedule with { Spec = new() { CronExpressions = ["0 7 1 */3 *"], TimeZoneName = "Europe/Berlin" } }));
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Schedule.Spec.Calendars.Single().Hour.Single().Start == 7, "the change");
        var changed = (await handle.DescribeAsync()).Schedule.Spec;
        Assert.Empty(changed.CronExpressions);
        Assert.Equal([new(1, 12, 3)], changed.Calendars.Single().Month);
        Assert.Equal("m", await (await handle.DescribeAsync()).Memo["lifecycleModel"].ToValueAsync<string>());
        await handle.DeleteAsync();
    }

    private static async Task PauseSurvivesAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, Quarterly(6), new(), new() { LimitedActions = true, RemainingActions = 5 });
        await handle.PauseAsync("freeze");
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Schedule.State.Paused, "the pause");
        await handle.UpdateAsync(input => new ScheduleUpdate(input.Description.Schedule with { Spec = Quarterly(8) }));
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Schedule.Spec.Calendars.Single().Hour.Single().Start == 8, "the update");
        var state = (await handle.DescribeAsync()).Schedule.State;
        Assert.Equal((true, "freeze", 5), (state.Paused, state.Note, state.RemainingActions));
        await handle.DeleteAsync();
    }

    private static async Task PausedActsAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, new() { Intervals = [new(TimeSpan.FromHours(1))] }, new(), new() { Paused = true, Note = "freeze" });
        await handle.TriggerAsync();

        // The official server may drop the one of two patches that comes while it has not taken the other.
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Info.NumActions == 1, "the trigger");
        var start = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await handle.BackfillAsync([new(start, start.AddHours(1), ScheduleOverlapPolicy.AllowAll)]);
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Info.NumActions == 3, "one trigger and two times of the past");
        Assert.True((await handle.DescribeAsync()).Schedule.State.Paused);
        await handle.DeleteAsync();
    }

    private static ScheduleSpec Quarterly(int hour) => new()
    {
        Calendars =
        [
            new() { Second = [new(0)], Minute = [new(0)], Hour = [new(hour)], DayOfMonth = [new(1)], Month = [new(1, 10, 3)], DayOfWeek = [new(0, 6)] },
        ],
        TimeZoneName = "Europe/Berlin",
        Jitter = TimeSpan.FromMinutes(10),
    };

    private static Task<ScheduleHandle> CreateAsync(ScenarioRun run, ScheduleSpec spec, SchedulePolicy policy, ScheduleState state)
    {
        var options = run.Options(run.Unrecorded("action"));
        (options.StaticSummary, options.Memo) = ("what it starts", new Dictionary<string, object> { ["limit"] = 4 });
        var action = ScheduleActionStartWorkflow.Create((ResultCarryingWorkflow workflow) => workflow.RunAsync(), options);
        return run.Client.CreateScheduleAsync(
            run.Unrecorded("schedule"), new(action, spec) { Policy = policy, State = state }, new() { Memo = new Dictionary<string, object> { ["lifecycleModel"] = "m" } });
    }
}
