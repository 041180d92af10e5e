using System.Globalization;
using Lifecycle.LocalEngine.Tests.Killing;
using Lifecycle.LocalEngine.Tests.Running;
using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace Lifecycle.LocalEngine.Tests.Schedules;

/// <summary>The engine dies while a schedule acts, before the commit and after it: each time is acted upon once, none is lost.</summary>
public sealed class KilledScheduleTests
{
    [Fact]
    public async Task Schedule_WhoseEngineDiesAtItsActions_TakesEachTimeOnce()
    {
        await using var engine = new EngineProcess();
        await engine.StartAsync();
        var port = engine.Port;
        await CreateAsync(engine);
        foreach (var failpoint in new[] { "before-commit:1", "after-commit:1" })
        {
            await engine.KillAsync();
            await engine.StartAsync(port, failpoint);
            await engine.ExitedAsync();
            await engine.StartAsync(port);
        }

        var client = await TemporalClient.ConnectAsync(new(engine.FirstLine));
        var handle = client.GetScheduleHandle("s");
        await RunningEngine.UntilAsync(async () => (await handle.DescribeAsync()).Info.NumActions >= 3);
        await handle.PauseAsync("to count");
        var times = await TimesAsync(client);
        Assert.Equal((await handle.DescribeAsync()).Info.NumActions, times.Count);
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.Equal(TimeSpan.FromSeconds(1), pair.Second - pair.First));
    }

    private static async Task CreateAsync(EngineProcess engine)
    {
        var client = await TemporalClient.ConnectAsync(new(engine.FirstLine));
        var action = ScheduleActionStartWorkflow.Create((WordsWorkflow workflow) => workflow.RunAsync(), new("w", "nobody"));
        await client.CreateScheduleAsync("s", new(action, new() { Intervals = [new(TimeSpan.FromSeconds(1))] })
        {
            Policy = new() { Overlap = Temporalio.Api.Enums.V1.ScheduleOverlapPolicy.AllowAll },
        });
    }

    private static async Task<IReadOnlyList<DateTimeOffset>> TimesAsync(TemporalClient client)
    {
        var times = new List<DateTimeOffset>();
        await foreach (var workflow in client.ListWorkflowsAsync("TemporalScheduledById = 's'"))
        {
            times.Add(DateTimeOffset.Parse(workflow.Id["w-".Length..], CultureInfo.InvariantCulture));
        }

        return [.. times.Order()];
    }
}
