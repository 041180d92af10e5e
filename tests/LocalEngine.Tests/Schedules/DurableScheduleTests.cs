using Lifecycle.LocalEngine.Tests.Running;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace Lifecycle.LocalEngine.Tests.Schedules;

/// <summary>Schedules in a running engine that is stopped and opened again.</summary>
public sealed class DurableScheduleTests
{
    private static readonly ScheduleSpec Never = new() { Calendars = [new() { Year = [new(2099)] }] };

    [Fact]
    public async Task Schedule_EngineOpenedAgain_IsAsItWas()
    {
        await using var engine = await RunningEngine.StartAsync();
        var before = await CreateAsync(engine, Never, new() { Overlap = ScheduleOverlapPolicy.BufferOne, PauseOnFailure = true });
        await before.PauseAsync("over the weekend");
        await before.TriggerAsync(new() { Overlap = ScheduleOverlapPolicy.BufferOne });
        var described = await DescribeAsync(engine);
        await engine.CloseAsync();
        await engine.OpenAsync();
        Assert.Equal(described, await DescribeAsync(engine));
        Assert.Equal(("over the weekend", true, 1), (described.Schedule.State.Notes, described.Schedule.State.Paused, described.Info.RunningWorkflows.Count));
    }

    [Fact]
    public async Task Schedule_EngineStoppedOverItsTimes_TakesEachOnce()
    {
        await using var engine = await RunningEngine.StartAsync();
        var handle = await CreateAsync(engine, new() { Intervals = [new(TimeSpan.FromSeconds(1))] }, new() { Overlap = ScheduleOverlapPolicy.AllowAll });
        await UntilTakenAsync(engine, 1);
        await engine.CloseAsync();
        await engine.OpenAsync();
        var taken = await UntilTakenAsync(engine, 3);
        await engine.Client.GetScheduleHandle(handle.Id).DeleteAsync();
        var ids = new List<string>();
        await foreach (var workflow in engine.Client.ListWorkflowsAsync("TemporalScheduledById = 's'"))
        {
            ids.Add(workflow.Id);
        }

        Assert.Equal(ids.Distinct().Count(), ids.Count);
        var times = ids.Select(id => DateTimeOffset.Parse(id["w-".Length..])).Order().ToList();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(TimeSpan.FromSeconds(1), pair.Second - pair.First));
        Assert.True(times.Count >= taken);
    }

    [Fact]
    public async Task Schedule_BufferedOverARestart_StartsWhenTheRunningOneCloses()
    {
        await using var engine = await RunningEngine.StartAsync();
        var before = await CreateAsync(engine, Never, new() { Overlap = ScheduleOverlapPolicy.BufferAll });
        await before.BackfillAsync([new(new DateTime(2099, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2099, 1, 2, 0, 0, 0, DateTimeKind.Utc), ScheduleOverlapPolicy.BufferAll)]);
        Assert.Equal((1, 1), Progress(await DescribeAsync(engine)));
        await engine.CloseAsync();
        await engine.OpenAsync();
        await engine.Client.GetWorkflowHandle("w-2099-01-01T00:00:00Z").TerminateAsync();
        Assert.Equal((2, 0), Progress(await DescribeAsync(engine)));
        await engine.Client.GetWorkflowHandle("w-2099-01-02T00:00:00Z").TerminateAsync();
        Assert.Empty((await DescribeAsync(engine)).Info.RunningWorkflows);
    }

    private static Task<ScheduleHandle> CreateAsync(RunningEngine engine, ScheduleSpec spec, SchedulePolicy policy) => engine.Client.CreateScheduleAsync(
        "s",
        new(ScheduleActionStartWorkflow.Create((WordsWorkflow workflow) => workflow.RunAsync(), new("w", "nobody")), spec) { Policy = policy });

    private static Task<Temporalio.Api.WorkflowService.V1.DescribeScheduleResponse> DescribeAsync(RunningEngine engine) =>
        engine.Client.WorkflowService.DescribeScheduleAsync(new() { Namespace = "default", ScheduleId = "s" });

    private static (int Taken, int Waiting) Progress(Temporalio.Api.WorkflowService.V1.DescribeScheduleResponse described) =>
        ((int)described.Info.ActionCount, (int)described.Info.BufferSize);

    private static async Task<int> UntilTakenAsync(RunningEngine engine, int count)
    {
        var taken = 0;
        await RunningEngine.UntilAsync(async () => (taken = (int)(await DescribeAsync(engine)).Info.ActionCount) >= count);
        return taken;
    }
}
