using System.Collections.Concurrent;
using Lifecycle.LocalEngine.Tests.Running;
using Temporalio.Client;

namespace Lifecycle.LocalEngine.Tests.Killing;

/// <summary>The engine is killed while clients send as fast as they can; what they were told is done must be there.</summary>
public sealed class AcknowledgedWorkTests : IAsyncLifetime
{
    private const int Senders = 8;
    private readonly EngineProcess engine = new();

    public async ValueTask InitializeAsync() => await engine.StartAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Starts_AcknowledgedBeforeAKill_AreAllThereAfterwards()
    {
        var client = await ConnectAsync();

        var acknowledged = await SendUntilKilledAsync(id => client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), new(id, "nobody")));

        var found = new HashSet<string>();
        await foreach (var run in (await RestartAsync()).ListWorkflowsAsync(""))
        {
            found.Add(run.Id);
        }

        Assert.True(acknowledged.Count >= 100, $"Only {acknowledged.Count} starts were acknowledged: the test says nothing.");
        Assert.Empty(acknowledged.Except(found));
    }

    [Fact]
    public async Task Signals_AcknowledgedBeforeAKill_AreAllInTheHistoryAfterwards()
    {
        var client = await ConnectAsync();
        var words = await client.StartWorkflowAsync((WordsWorkflow flow) => flow.RunAsync(), new("words", "nobody"));

        var acknowledged = await SendUntilKilledAsync(id => words.SignalAsync(flow => flow.AddAsync(id)));

        var history = await (await RestartAsync()).GetWorkflowHandle("words").FetchHistoryAsync();
        var found = history.Events
            .Where(recorded => recorded.WorkflowExecutionSignaledEventAttributes is not null)
            .Select(recorded => recorded.WorkflowExecutionSignaledEventAttributes.Input.Payloads_[0].Data.ToStringUtf8().Trim('"'))
            .ToList();
        Assert.True(acknowledged.Count >= 100, $"Only {acknowledged.Count} signals were acknowledged: the test says nothing.");
        Assert.Empty(acknowledged.Except(found));
        Assert.Equal(found.Count, found.Distinct().Count());
    }

    private async Task<IReadOnlyCollection<string>> SendUntilKilledAsync(Func<string, Task> send)
    {
        using var killed = new CancellationTokenSource();
        var acknowledged = new ConcurrentBag<string>();
        var senders = Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            for (var number = 0; ; number++)
            {
                var id = $"{sender}-{number}";
                try
                {
                    await send(id).WaitAsync(killed.Token);
                }
                catch (Exception)
                {
                    return;
                }

                acknowledged.Add(id);
            }
        })).ToArray();
        await RunningEngine.UntilAsync(() => Task.FromResult(acknowledged.Count >= 300));
        await engine.KillAsync();
        await killed.CancelAsync();
        await Task.WhenAll(senders);
        return acknowledged;
    }

    private Task<TemporalClient> ConnectAsync() => TemporalClient.ConnectAsync(new(engine.FirstLine));

    private async Task<TemporalClient> RestartAsync()
    {
        await engine.StartAsync();
        return await ConnectAsync();
    }
}
