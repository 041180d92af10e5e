using System.Collections.Immutable;
using Lifecycle.Conformance.Tests.Workflows;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Lifecycle.Conformance.Tests.Scenarios;

/// <summary>Schedules, from creation to deletion.</summary>
internal static class ScheduleScenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("schedule-describe", DescribeAsync),
        new("schedule-acts-in-time", ActsInTimeAsync),
        new("schedule-trigger", TriggerAsync),
        new("schedule-backfill", BackfillAsync),
        new("schedule-pause", PauseAsync),
        new("schedule-pause-on-failure", PauseOnFailureAsync),
        new("schedule-update", UpdateAsync),
        new("schedule-buffer", BufferAsync),
        new("schedule-list", ListAsync),
        new("schedule-delete", DeleteAsync),
    ];

    private static async Task DescribeAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, new()
        {
            Calendars = [new() { Month = [new(1, 10, 3)], DayOfMonth = [new(1)], Hour = [new(6)], Comment = "quarterly" }],
            TimeZoneName = "Etc/UTC",
        });
        var described = await handle.DescribeAsync();
        Assert.Equal(ScheduleOverlapPolicy.Skip, described.Schedule.Policy.Overlap);
        Assert.Equal(TimeSpan.FromDays(365), described.Schedule.Policy.CatchupWindow);
        Assert.Equal("as the suite wants it", described.Schedule.State.Note);
        Assert.Equal(10, described.Info.NextActionTimes.Count);
        Assert.All(described.Info.NextActionTimes, time => Assert.Equal((1, 6, 0), (time.Day, time.Hour, time.Minute)));
        Assert.All(described.Info.NextActionTimes, time => Assert.Equal(1, time.Month % 3));
        var again = await Assert.ThrowsAsync<ScheduleAlreadyRunningException>(() => CreateAsync(run, new()));
        Assert.NotNull(again.Message);
        await handle.DeleteAsync();
    }

    private static async Task ActsInTimeAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, new() { Intervals = [new(TimeSpan.FromSeconds(1))] });
        var actions = await ActionsAsync(handle, 2);
        await handle.DeleteAsync();
        Assert.All(actions, action => Assert.InRange(action.StartedAt - action.ScheduledAt, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        await ResultAsync(run, actions[0]);
        var second = run.Client.GetWorkflowHandle(Started(actions[1]).WorkflowId);
        Assert.Equal(2, await second.GetResultAsync<int>());
        var attributes = (await second.DescribeAsync()).TypedSearchAttributes;
        Assert.Equal(handle.Id, attributes.Get(SearchAttributeKey.CreateKeyword("TemporalScheduledById")));
        Assert.Equal(new DateTimeOffset(actions[1].ScheduledAt), attributes.Get(SearchAttributeKey.CreateDateTimeOffset("TemporalScheduledStartTime")));
    }

    private static async Task TriggerAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, Never);
        await handle.TriggerAsync();
        var action = (await ActionsAsync(handle, 1))[0];
        Assert.Equal(1, await ResultAsync(run, action));
        run.Record(Started(action).WorkflowId, null);
        await handle.DeleteAsync();
    }

    private static async Task BackfillAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, new() { Intervals = [new(TimeSpan.FromHours(1))] });
        var start = new DateTime(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await handle.BackfillAsync([new(start, start.AddHours(2), ScheduleOverlapPolicy.AllowAll)]);
        var actions = await ActionsAsync(handle, 3);
        Assert.Equal(
            ["2025-01-01T00:00:00Z", "2025-01-01T01:00:00Z", "2025-01-01T02:00:00Z"],
            actions.Select(action => Started(action).WorkflowId[(run.Unrecorded("action").Length + 1)..]).Order(StringComparer.Ordinal));
        Assert.Equal(3, (await handle.DescribeAsync()).Info.NumActions);
        await handle.DeleteAsync();
    }

    private static async Task PauseAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, Never);
        await handle.PauseAsync("maintenance");
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Schedule.State is { Paused: true, Note: "maintenance" }, "the pause");
        await handle.UnpauseAsync("done");
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Schedule.State is { Paused: false, Note: "done" }, "the end of the pause");
        await handle.DeleteAsync();
    }

    private static async Task PauseOnFailureAsync(ScenarioRun run)
    {
        var action = ScheduleActionStartWorkflow.Create((FailingWorkflow workflow) => workflow.RunAsync(9), Options(run));
        var handle = await run.Client.CreateScheduleAsync(run.Unrecorded("schedule"), new(action, Never) { Policy = new() { PauseOnFailure = true } });
        await handle.TriggerAsync();
        var started = Started((await ActionsAsync(handle, 1))[0]).WorkflowId;
        await Assert.ThrowsAsync<WorkflowFailedException>(() => run.Client.GetWorkflowHandle(started).GetResultAsync());
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Schedule.State.Paused, "the pause");
        Assert.Equal($"paused due to workflow failure: {started}: attempt 1 fails", (await handle.DescribeAsync()).Schedule.State.Note);
        await handle.DeleteAsync();
    }

    private static async Task UpdateAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, Never);
        await handle.UpdateAsync(input => new ScheduleUpdate(input.Description.Schedule with
        {
            Spec = new() { Intervals = [new(TimeSpan.FromDays(1), TimeSpan.FromHours(6))] },
            Policy = new() { Overlap = ScheduleOverlapPolicy.BufferOne },
        }));
        await ScenarioRun.EventuallyAsync(async () => (await handle.DescribeAsync()).Info.LastUpdatedAt is not null, "the update");
        var described = await handle.DescribeAsync();
        Assert.Equal(ScheduleOverlapPolicy.BufferOne, described.Schedule.Policy.Overlap);
        Assert.All(described.Info.NextActionTimes, time => Assert.Equal(6, time.Hour));
        await handle.DeleteAsync();
    }

    private static async Task BufferAsync(ScenarioRun run)
    {
        var action = ScheduleActionStartWorkflow.Create((WaiterWorkflow workflow) => workflow.RunAsync(), Options(run));
        var handle = await run.Client.CreateScheduleAsync(run.Unrecorded("schedule"), new(action, Never) { Policy = new() { Overlap = ScheduleOverlapPolicy.BufferOne } });
        await handle.TriggerAsync();
        var first = Started((await ActionsAsync(handle, 1))[0]).WorkflowId;
        await ScenarioRun.EventuallyAsync(() => Task.FromResult(!first.EndsWith(Seconds(run), StringComparison.Ordinal)), "the next second");
        await handle.TriggerAsync();
        await ScenarioRun.EventuallyAsync(async () => (await RawAsync(run)).BufferSize == 1, "the buffered action");
        Assert.Equal([first], (await RawAsync(run)).RunningWorkflows.Select(running => running.WorkflowId));
        await run.Client.GetWorkflowHandle<WaiterWorkflow>(first).SignalAsync(workflow => workflow.FinishAsync());
        var second = (await ActionsAsync(handle, 2))[1];
        await run.Client.GetWorkflowHandle(Started(second).WorkflowId).TerminateAsync();
        await handle.DeleteAsync();
    }

    private static async Task ListAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, Never);
        await handle.PauseAsync("listed");
        ScheduleListDescription? listed = null;
        await ScenarioRun.EventuallyAsync(
            async () =>
            {
                await foreach (var schedule in run.Client.ListSchedulesAsync(new() { Query = "TemporalSchedulePaused = true AND ConformanceModel = 'listed'" }))
                {
                    listed = schedule;
                }

                return listed is not null;
            },
            "the schedule in the list");
        Assert.Equal(handle.Id, listed!.Id);
        Assert.Equal("listed", listed.Schedule!.State.Note);
        Assert.Equal("memo", await listed.Memo["kept"].ToValueAsync<string>());
        await handle.DeleteAsync();
    }

    private static async Task DeleteAsync(ScenarioRun run)
    {
        var handle = await CreateAsync(run, Never);
        await handle.DeleteAsync();
        await ScenarioRun.EventuallyAsync(async () => await Record.ExceptionAsync(() => handle.DescribeAsync()) is RpcException { Code: RpcException.StatusCode.NotFound }, "the schedule is gone");
        Assert.Equal(RpcException.StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => handle.PauseAsync())).Code);
    }

    private static async Task<Temporalio.Api.Schedule.V1.ScheduleInfo> RawAsync(ScenarioRun run) => (await run.Client.WorkflowService.DescribeScheduleAsync(
        new() { Namespace = "default", ScheduleId = run.Unrecorded("schedule") })).Info;

    private static ScheduleSpec Never => new() { Calendars = [new() { Year = [new(2099)] }] };

    private static Task<ScheduleHandle> CreateAsync(ScenarioRun run, ScheduleSpec spec) => run.Client.CreateScheduleAsync(
        run.Unrecorded("schedule"),
        new(ScheduleActionStartWorkflow.Create((ResultCarryingWorkflow workflow) => workflow.RunAsync(), Options(run)), spec) { State = new() { Note = "as the suite wants it" } },
        new()
        {
            Memo = new Dictionary<string, object> { ["kept"] = "memo" },
            TypedSearchAttributes = new SearchAttributeCollection.Builder().Set(SuiteAttributes.Model, "listed").ToSearchAttributeCollection(),
        });

    private static WorkflowOptions Options(ScenarioRun run) => run.Options(run.Unrecorded("action"));

    private static string Seconds(ScenarioRun run) => run.Engine.Clock.GetUtcNow().ToString("ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static ScheduleActionExecutionStartWorkflow Started(ScheduleActionResult action) =>
        Assert.IsType<ScheduleActionExecutionStartWorkflow>(action.Action);

    private static Task<int> ResultAsync(ScenarioRun run, ScheduleActionResult action) =>
        run.Client.GetWorkflowHandle(Started(action).WorkflowId).GetResultAsync<int>();

    private static async Task<ImmutableArray<ScheduleActionResult>> ActionsAsync(ScheduleHandle handle, int count)
    {
        IReadOnlyCollection<ScheduleActionResult> actions = [];
        await ScenarioRun.EventuallyAsync(async () => (actions = (await handle.DescribeAsync()).Info.RecentActions).Count >= count, $"{count} actions");
        return [.. actions];
    }
}
