using Lifecycle.Activities;
using Lifecycle.Activities.Files;
using Lifecycle.Activities.Stages;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Homes;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Keys;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Launching;
using Lifecycle.Workflows.Retraining;
using Lifecycle.Workflows.Scoring;
using Lifecycle.Workflows.Sensing;
using Temporalio.Client;
using Temporalio.Worker;

namespace Lifecycle.EndToEnd.Tests.Launching;

/// <summary>
/// An engine and a worker that launches, and has no stages: a launched run stays in flight at its beginning. The sample
/// model gets more sections from the test.
/// </summary>
internal sealed class LaunchingStack : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly IEngine engine;
    private readonly TemporalWorker worker;
    private readonly CancellationTokenSource stop = new();
    private readonly Task working;

    private LaunchingStack(TemporaryFolder folder, StageFolders folders, IEngine engine, ITemporalClient client)
    {
        (this.folder, Folders, this.engine, Client) = (folder, folders, engine, client);
        KeyFolder keys = new(Path.Combine(folder.Path, "home"));
        _ = keys.EnsureDemo([.. DemoEngineers.Names]);
        Desk = new RequestDesk(keys, Store);
        LaunchActivity launch = new(client, folders, Desk);
        SensorActivity sensors = new(folders, new RequestedFiles(new(folders.Models, Path.Combine(folder.Path, "home"))), Store, TimeProvider.System);
        worker = new(client, new TemporalWorkerOptions(TaskQueues.Lifecycle)
            .AddWorkflow<LaunchRetrainingWorkflow>().AddWorkflow<RetrainingWorkflow>().AddWorkflow<DataSensorWorkflow>()
            .AddWorkflow<ScheduledScoringWorkflow>().AddWorkflow<BatchScoringWorkflow>()
            .AddAllActivities(launch).AddAllActivities(sensors));
        working = worker.ExecuteAsync(stop.Token);
    }

    /// <summary>A connected client.</summary>
    public ITemporalClient Client { get; }

    /// <summary>The worker's folders.</summary>
    public StageFolders Folders { get; }

    /// <summary>Where its requests pass.</summary>
    public RequestDesk Desk { get; }

    /// <summary>The worker's blobs.</summary>
    public MemoryBlobStore Store { get; } = new();

    /// <summary>Folder of the sample model.</summary>
    public string ModelFolder => Folders.ModelFolder(SampleModel.Name);

    /// <summary>Starts everything; skips the test where the official dev server is asked for and not found.</summary>
    public static async Task<LaunchingStack> StartAsync(EngineKind kind, string sections = "")
    {
        Assert.SkipWhen(
            kind == EngineKind.Temporal && OfficialDevServer.FindProgram() is null,
            "the official Temporal CLI was not found; put it on PATH or set TEMPORAL_CLI_PATH");
        TemporaryFolder folder = new();
        StageFolders folders = new(SampleModel.WriteTo(folder.Path).ModelsFolder, Path.Combine(folder.Path, "scratch"));
        await File.AppendAllTextAsync(Path.Combine(folders.ModelFolder(SampleModel.Name), "model.yaml"), $"\n{sections}\n");
        HomeFolder home = new HomeFolder(Path.Combine(folder.Path, "home")).Create();
        IEngine engine = kind == EngineKind.Temporal
            ? await OfficialDevServer.StartAsync(home, 0, 0, CancellationToken.None)
            : await EmbeddedEngine.StartAsync(home, 0, CancellationToken.None);
        return new LaunchingStack(folder, folders, engine, await TemporalClient.ConnectAsync(new(engine.Target) { DataConverter = PayloadConversion.Converter }));
    }

    /// <summary>Run ids of all runs of the sample model, open and closed, once there are as many as are awaited.</summary>
    public async Task<IReadOnlyList<string>> RunsAsync(int awaited)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        while (true)
        {
            List<string> runs = [];
            await foreach (WorkflowExecution run in Client.ListWorkflowsAsync($"WorkflowId = '{WorkflowIds.Retraining(SampleModel.Name)}'"))
            {
                runs.Add(run.RunId);
            }

            if (runs.Count >= awaited)
            {
                return runs;
            }

            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Ends everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await working.ContinueWith(_ => { }, TaskScheduler.Default);
        worker.Dispose();
        stop.Dispose();
        await engine.DisposeAsync();
        folder.Dispose();
    }
}
