using System.Diagnostics;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Connections;
using Lifecycle.Client.Following;
using Lifecycle.Client.Homes;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Temporalio.Client;
using Temporalio.Worker;

namespace Lifecycle.EndToEnd.Tests.Following;

/// <summary>A home whose engine a test stops and starts again, on the same port or another, as <c>down</c> and <c>up</c> do.</summary>
internal sealed class FollowedEngine : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly EngineKind kind;
    private IEngine? engine;

    private FollowedEngine(EngineKind kind) => this.kind = kind;

    /// <summary>Queue of the test's workers.</summary>
    public const string Queue = "followed";

    /// <summary>The home.</summary>
    public HomeFolder Home => new(Path.Combine(folder.Path, "home"));

    /// <summary>How a verb connects to the home.</summary>
    public Connection Connection => new(Home, null, null, null);

    /// <summary>Starts the engine; skips the test where the official dev server is asked for and not found.</summary>
    public static async Task<FollowedEngine> StartAsync(EngineKind kind)
    {
        Assert.SkipWhen(
            kind == EngineKind.Temporal && OfficialDevServer.FindProgram() is null,
            "the official Temporal CLI was not found; put it on PATH or set TEMPORAL_CLI_PATH");
        FollowedEngine followed = new(kind);
        _ = followed.Home.Create();
        await followed.UpAsync();
        return followed;
    }

    /// <summary>Starts the engine on a free port, and announces it.</summary>
    public async Task UpAsync()
    {
        engine = kind == EngineKind.Temporal
            ? await OfficialDevServer.StartAsync(Home, 0, 0, CancellationToken.None)
            : await EmbeddedEngine.StartAsync(Home, LoopbackPort.AnyFree(), CancellationToken.None);
        using Process self = Process.GetCurrentProcess();
        new ServicesFile(self.Id, self.StartTime.ToUniversalTime().Ticks, engine.Target, "default", "", null).Write(Home);
    }

    /// <summary>Stops the engine, and what announced it.</summary>
    public async Task DownAsync()
    {
        File.Delete(Home.Services);
        await engine!.DisposeAsync();
        engine = null;
    }

    /// <summary>Starts the followed workflow.</summary>
    public static async Task<WorkflowHandle<FollowedWorkflow, FollowedState>> BeginAsync(ITemporalClient client, FollowedStep step) =>
        await client.StartWorkflowAsync((FollowedWorkflow workflow) => workflow.RunAsync(step), new($"followed/{step}/{Guid.NewGuid():N}", Queue));

    /// <summary>A worker with one slot for activities.</summary>
    public static TemporalWorker Worker(ITemporalClient client, FollowedActivity activity) => new(
        client,
        new TemporalWorkerOptions(Queue) { MaxConcurrentActivities = 1 }.AddWorkflow<FollowedWorkflow>().AddAllActivities(activity));

    /// <summary>Connects as a verb does.</summary>
    public Task<EngineLine> ConnectAsync() => EngineLine.OpenAsync(Connection, CancellationToken.None);

    /// <summary>Ends everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await (engine?.DisposeAsync() ?? ValueTask.CompletedTask);
        folder.Dispose();
    }
}
