using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.LocalEngine.Frontend;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Persistence;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace Lifecycle.LocalEngine.Tests.Running;

/// <summary>An engine in a home of its own, which can be stopped and opened again, with a real client and real workers.</summary>
public sealed class RunningEngine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private LocalEngineHost? host;

    private readonly TimeProvider time;

    private RunningEngine(string home, TimeProvider time) => (Home, this.time) = (home, time);

    public string Home { get; }

    public TemporalClient Client { get; private set; } = null!;

    public static async Task<RunningEngine> StartAsync(TimeProvider? time = null)
    {
        var engine = new RunningEngine(Directory.CreateTempSubdirectory("engine-test-").FullName, time ?? TimeProvider.System);
        await engine.OpenAsync();
        return engine;
    }

    public async Task OpenAsync()
    {
        host = await LocalEngineHost.StartAsync(
            new()
            {
                HomeDirectory = Home,
                SearchAttributes = ImmutableDictionary<string, SearchAttributeKind>.Empty.Add("LifecycleModel", SearchAttributeKind.Keyword),
            },
            time,
            TestContext.Current.CancellationToken);
        Client = await TemporalClient.ConnectAsync(new(host.Target));
    }

    public async Task CloseAsync() => await host!.DisposeAsync();

    public string Target => host!.Target;

    internal Engine Inside => host!.Parts.Engine;

    /// <summary>Runs the work while a worker with all test workflows polls the task queue.</summary>
    public async Task WithWorkerAsync(string taskQueue, Func<Task> work, Action<TemporalWorkerOptions>? configure = null)
    {
        var options = new TemporalWorkerOptions(taskQueue)
            .AddWorkflow<GreetingWorkflow>()
            .AddWorkflow<WordsWorkflow>()
            .AddWorkflow<TroubledWorkflow>()
            .AddWorkflow<OutsideWorkflow>()
            .AddWorkflow<PatientWorkflow>()
            .AddWorkflow<WaitingParentWorkflow>()
            .AddWorkflow<MarkersWorkflow>()
            .AddWorkflow<ParentWorkflow>()
            .AddWorkflow<ChildWorkflow>()
            .AddWorkflow<StrangerWorkflow>()
            .AddWorkflow<CountdownWorkflow>()
            .AddWorkflow<SecondTryWorkflow>()
            .AddWorkflow<WaitingWorkflow>()
            .AddAllActivities<GreetingActivities>(null)
            .AddAllActivities<TroubledActivities>(null);
        configure?.Invoke(options);
        using var worker = new TemporalWorker(Client, options);
        await worker.ExecuteAsync(work, TestContext.Current.CancellationToken).WaitAsync(Patience);
    }

    /// <summary>Lets the database file grow to so many pages and no further: below what it has, the disk is full.</summary>
    internal async Task LimitPagesAsync(int pages)
    {
        // At once, on the engine's thread: the transaction it shares may itself fail for want of pages.
        var limit = Inside.RunAsync(_ => new Statement(host!.Parts.Database.Writer, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}")).Execute());
        try
        {
            await limit;
        }
        catch (RefusedException)
        {
            // It did share one that failed; the limit stands all the same.
        }
    }

    public Task<DescribeWorkflowExecutionResponse> DescribeAsync(string workflowId) => Client.Connection.WorkflowService.DescribeWorkflowExecutionAsync(
        new() { Namespace = "default", Execution = new() { WorkflowId = workflowId } });

    /// <summary>Asks again until the answer is yes.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Home, recursive: true);
    }
}
