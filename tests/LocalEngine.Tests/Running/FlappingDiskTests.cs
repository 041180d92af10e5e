using Lifecycle.LocalEngine.Persistence;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Lifecycle.LocalEngine.Tests.Running;

/// <summary>The disk is full and free again, many times, under families of workflows; the memory is rebuilt each time.</summary>
public sealed class FlappingDiskTests : IAsyncLifetime
{
    private const int Families = 40;
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public Task Families_OverADiskThatFlaps_FinishWithOneChildEach() => engine.WithWorkerAsync("flapping", async () =>
    {
        using var done = new CancellationTokenSource();
        var flapping = FlapAsync(done.Token);
        List<string> results = [];

        // A fast machine plays a few generations before the disk was full often enough to say anything.
        while (results.Count == 0 || Flaps() <= 3)
        {
            results.AddRange(await Task.WhenAll(Enumerable.Range(results.Count, Families).Select(PlayAsync)));
        }

        await done.CancelAsync();
        await flapping;
        Assert.All(results, result => Assert.Equal("mama", result));
        Assert.Equal(2 * results.Count, (await engine.Client.CountWorkflowsAsync("ExecutionStatus = 'Completed'")).Count);
        await AssertOneChildEachAsync(results.Count);
    });

    private Task<string> PlayAsync(int number) => engine.Client.ExecuteWorkflowAsync(
        (ParentWorkflow flow) => flow.RunAsync(new($"child-{number}", false, false, Temporalio.Workflows.ParentClosePolicy.Terminate)),
        new($"parent-{number}", "flapping") { TaskTimeout = TimeSpan.FromSeconds(2) });

    private async Task AssertOneChildEachAsync(int families)
    {
        for (var number = 0; number < families; number++)
        {
            var history = await engine.Client.GetWorkflowHandle($"parent-{number}").FetchHistoryAsync();
            Assert.Single(history.Events, recorded => recorded.EventType == EventType.ChildWorkflowExecutionStarted);
            Assert.DoesNotContain(history.Events, recorded => recorded.EventType == EventType.StartChildWorkflowExecutionFailed);
        }
    }

    private async Task FlapAsync(CancellationToken done)
    {
        while (!done.IsCancellationRequested)
        {
            await engine.LimitPagesAsync(1);
            await Task.Delay(100, CancellationToken.None);
            await engine.LimitPagesAsync(int.MaxValue);
            await Task.Delay(300, CancellationToken.None);
        }
    }

    // How often the disk was found full: each time leaves a line in the log of defects.
    private int Flaps()
    {
        var log = Path.Combine(engine.Home, DefectLog.FileName);
        return File.Exists(log) ? File.ReadLines(log).Count(line => line.Contains("SqliteException", StringComparison.Ordinal)) : 0;
    }
}
