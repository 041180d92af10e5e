using System.Collections.Immutable;
using Lifecycle.LocalEngine;
using Microsoft.Extensions.Time.Testing;
using Temporalio.Client;
using Temporalio.Worker;

namespace Lifecycle.Workflows.Tests;

/// <summary>An embedded engine whose clock the test moves, with a worker for the workflows and for the activities that a test puts in their place.</summary>
internal sealed class SkippingEngine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private readonly string home = Directory.CreateTempSubdirectory("workflows-test-").FullName;
    private LocalEngineHost host = null!;

    private SkippingEngine()
    {
    }

    /// <summary>The engine's clock.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public TemporalClient Client { get; private set; } = null!;

    public static async Task<SkippingEngine> StartAsync()
    {
        SkippingEngine engine = new();
        engine.host = await LocalEngineHost.StartAsync(
            new()
            {
                HomeDirectory = engine.home,
                SearchAttributes = LifecycleSearchAttributes.Names.ToImmutableDictionary(name => name, _ => SearchAttributeKind.Keyword),
            },
            engine.Time,
            TestContext.Current.CancellationToken);
        engine.Client = await TemporalClient.ConnectAsync(new(engine.host.Target) { DataConverter = PayloadConversion.Converter });
        return engine;
    }

    /// <summary>Does the work while workers poll every queue that a workflow may ask.</summary>
    public async Task WithWorkerAsync<TWorkflow>(object activities, Func<Task> work)
    {
        using TemporalWorker decides = Worker(TaskQueues.Lifecycle, options => options.AddWorkflow<TWorkflow>());
        using TemporalWorker publishes = Worker(TaskQueues.Publish, options => options);
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Task publishing = publishes.ExecuteAsync(done.Token);
        await decides.ExecuteAsync(work, TestContext.Current.CancellationToken);
        await done.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);

        TemporalWorker Worker(string queue, Func<TemporalWorkerOptions, TemporalWorkerOptions> with) =>
            new(Client, with(new TemporalWorkerOptions(queue).AddAllActivities(activities.GetType(), activities)));
    }

    /// <summary>Looks until it is so.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> isSo)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        while (true)
        {
            if (await look() is var seen && isSo(seen))
            {
                return seen;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Directory.Delete(home, recursive: true);
    }
}
