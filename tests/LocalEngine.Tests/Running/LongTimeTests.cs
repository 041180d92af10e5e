using Microsoft.Extensions.Time.Testing;
using Temporalio.Client;

namespace Lifecycle.LocalEngine.Tests.Running;

/// <summary>The engine's clock is moved by weeks; workers live in real time.</summary>
public sealed class LongTimeTests : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private RunningEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await RunningEngine.StartAsync(time);

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public Task Timer_OfTwentyDays_FiresWhenItsTimeHasCome() => engine.WithWorkerAsync("weeks", async () =>
    {
        var waiting = await engine.Client.StartWorkflowAsync((WaitingWorkflow flow) => flow.RunAsync((int)TimeSpan.FromDays(20).TotalMilliseconds), new("waiting", "weeks"));
        await HasEventsAsync(6);

        // The timer of an hour fires; its task must be over before the clock goes on, or it would time out.
        time.Advance(TimeSpan.FromDays(19));
        await HasEventsAsync(10);
        Assert.Null((await engine.DescribeAsync("waiting")).WorkflowExecutionInfo.CloseTime);
        time.Advance(TimeSpan.FromDays(1));

        Assert.Equal("waited", await waiting.GetResultAsync());
    });

    private Task HasEventsAsync(int count) =>
        RunningEngine.UntilAsync(async () => (await engine.DescribeAsync("waiting")).WorkflowExecutionInfo.HistoryLength >= count);
}
