using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Connections;
using Lifecycle.Client.Homes;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Keys;
using Lifecycle.Storage.Emulator;
using Lifecycle.Worker.Hosting;
using Lifecycle.Worker.Metrics;
using Lifecycle.Worker.Options;
using Lifecycle.Worker.Webhooks;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace Lifecycle.Cli.Hosting;

/// <summary>What a home serves, and how.</summary>
/// <param name="Home">The home; created when it is not there.</param>
/// <param name="Tree">Where models/ and infra/ lie.</param>
public sealed record StackOptions(HomeFolder Home, SourceTree Tree)
{
    /// <summary>The engine; embedded by default.</summary>
    public EngineKind Engine { get; init; } = EngineKind.Local;

    /// <summary>Port of the engine; 0 takes the one that the home was last served on, and any free one where that is taken.</summary>
    public int EnginePort { get; init; }

    /// <summary>Where the worker's warnings go, such as reminders of a waiting approval; null keeps them quiet.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>IP address and port to serve metrics on for Prometheus; null serves none.</summary>
    public string? MetricsAddress { get; init; }

    /// <summary>Where others may post that new data is there; null, the default, nowhere.</summary>
    public ArrivalOptions? Webhooks { get; init; }

    /// <summary>What the stages' processes may use; null reads it from the environment as a fleet's worker does.</summary>
    public StageLimits? Stages { get; init; }

    /// <summary>Stores that are set aside and begun anew; none by default.</summary>
    public ImmutableArray<HomeStore> BeginAnew { get; init; } = [];

    /// <summary>Folder of the model definitions; null takes the checkout's.</summary>
    public string? Models { get; init; }

    /// <summary>Folders, beside a model's own, whose files requests may name; none by default.</summary>
    public ImmutableArray<string> DataFolders { get; init; } = [];
}

/// <summary>Engine, blob emulator and worker of one home, all ended together with this process.</summary>
[SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "Each is kept on the stack that DisposeAsync empties, newest first.")]
public sealed class ServiceStack : IAsyncDisposable
{
    private readonly StackOptions options;
    private readonly Stack<IAsyncDisposable> running = new();
    private readonly RecordedPorts ports;
    private IEngine engine = null!;
    private AzuriteProcess blobs = null!;
    private WorkerHost worker = null!;

    private ServiceStack(StackOptions options) => (this.options, ports) = (options, RecordedPorts.Read(options.Home));

    /// <summary>A connected client.</summary>
    public ITemporalClient Client { get; private set; } = null!;

    /// <summary>The engine.</summary>
    public IEngine Engine => engine;

    /// <summary>Connection string of the blob emulator.</summary>
    public string BlobConnectionString => blobs.ConnectionString;

    /// <summary>Port of the blob emulator.</summary>
    public int BlobPort => blobs.Port;

    /// <summary>Stops the blob emulator alone, as a crash would; its data stays.</summary>
    public ValueTask StopBlobsAsync() => blobs.DisposeAsync();

    /// <summary>Starts everything, or nothing: what had started is stopped when a later part fails.</summary>
    public static async Task<ServiceStack> StartAsync(StackOptions options, Action<string> progress, CancellationToken cancellation)
    {
        ServiceStack stack = new(options);
        try
        {
            await stack.StartAsync(progress, cancellation);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>Writes the home's services file, by which other commands find this process.</summary>
    public ServicesFile Announce()
    {
        using Process self = Process.GetCurrentProcess();
        ServicesFile services = new(
            self.Id, self.StartTime.ToUniversalTime().Ticks, engine.Target, Client.Options.Namespace, BlobConnectionString, engine.TemporalUi)
        {
            Metrics = options.MetricsAddress is { } address ? $"http://{address}/metrics" : null,
            Webhooks = options.Webhooks is { } webhooks ? $"http://{webhooks.Address}/sensors" : null,
        };
        services.Write(options.Home);
        new RecordedPorts(PortOf(engine.Target), BlobPort, engine.TemporalUi is { } ui ? new Uri(ui).Port : ports.TemporalUi).Write(options.Home);
        return services;
    }

    /// <summary>Runs until cancelled; fails when the worker or the blob emulator ends by itself.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Task ended = await Task.WhenAny(worker.WaitForShutdownAsync(cancellation), blobs.Exited, Task.Delay(Timeout.Infinite, cancellation));
        await ended;
        cancellation.ThrowIfCancellationRequested();
        throw new CommandException(ExitCodes.Failed, "the worker or the blob emulator ended by itself; see the lines above");
    }

    /// <summary>Stops worker, engine and emulator, in this order. What they acknowledged is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Exception> failures = [];
        while (running.TryPop(out IAsyncDisposable? part))
        {
            try
            {
                await part.DisposeAsync();
            }
            catch (Exception failure)
            {
                failures.Add(failure);
            }
        }

        if (failures is not [])
        {
            throw new CommandException(ExitCodes.Failed, $"not everything stopped cleanly: {failures[0].Message}", failures[0]);
        }
    }

    private async Task StartAsync(Action<string> progress, CancellationToken cancellation)
    {
        HomeFolder home = options.Home.Create();
        Keep(new HomeUse(home));
        HomeGuard guard = new(home, TimeProvider.System);
        HomeStore engineStore = options.Engine == EngineKind.Temporal ? HomeStore.Temporal : HomeStore.Engine;
        BeginAnew(guard, progress);
        guard.Require(HomeStore.Trust, engineStore, HomeStore.Blobs);
        TellLosses(guard, progress);
        TrustRoot trust = new KeyFolder(home.Root).EnsureDemo([.. DemoEngineers.Names]);
        guard.Note(HomeStore.Trust);
        if (trust.IsDemo)
        {
            progress($"DEMO KEYS are enrolled in {home.Root}: they prove nothing to anyone else");
        }

        NpmInstallation installation = await NpmInstallation.EnsureAsync(
            options.Tree.Azurite, SourceTree.PackageCache(), new ProgressLines(progress), cancellation);
        blobs = Keep(await AzuriteProcess.StartAsync(installation, home.Blobs, LoopbackPort.IfFree(ports.Blobs), cancellation));
        engine = Keep(await StartEngineAsync(cancellation));
        progress($"{engine.Description} at {engine.Target}" + (engine.TemporalUi is { } ui ? $", Temporal UI at {ui}" : ""));

        Connection connection = new(home, engine.Target, "default", null)
        {
            Runtime = options.MetricsAddress is { } address ? MetricsEndpoint.Open(address) : null,
        };
        Client = await connection.ConnectAsync(cancellation);
        _ = await BlobRooms.OpenStoreAsync(BlobConnectionString, cancellation);
        guard.Note(engineStore, HomeStore.Blobs);
        worker = Keep(await WorkerHost.StartAsync(Client, WorkerOptions(), options.Logging, cancellation));
    }

    private void BeginAnew(HomeGuard guard, Action<string> progress)
    {
        foreach (HomeStore store in options.BeginAnew)
        {
            string aside = string.Join(", ", guard.BeginAnew(store));
            progress($"begins anew: {HomeStores.NameOf(store)}; {(aside.Length > 0 ? $"what was there is in {aside}" : "nothing was there")}");
        }
    }

    // The blobs in them cannot be read, and their readers say so; everything else can.
    private void TellLosses(HomeGuard guard, Action<string> progress)
    {
        if (guard.Holds(HomeStore.Blobs) && new EmulatorData(options.Home.Blobs).LostExtents() is [_, ..] lost)
        {
            progress($"{lost.Length} of the blob emulator's extents are gone or cut short, {lost[0]} the first; restore {options.Home.Blobs} from a backup ('lifecycle doctor' shows this again)");
        }
    }

    private WorkerOptions WorkerOptions() => new()
    {
        ModelsFolder = options.Models ?? options.Tree.Models,
        ScratchFolder = options.Home.Scratch,
        PackagesFolder = SourceTree.DataPackages(),
        KeysHome = options.Home.Root,
        AlertsFile = options.Home.Alerts,
        BlobConnectionString = BlobConnectionString,
        Webhooks = options.Webhooks,
        DataFolders = options.DataFolders,
        Stages = options.Stages ?? WorkerEnvironment.Stages(Environment.GetEnvironmentVariable),
    };

    private async Task<IEngine> StartEngineAsync(CancellationToken cancellation)
    {
        int port = options.EnginePort > 0 ? options.EnginePort : LoopbackPort.IfFree(ports.Engine);
        if (options.Engine == EngineKind.Local)
        {
            return await EmbeddedEngine.StartAsync(options.Home, port, cancellation);
        }

        return await OfficialDevServer.StartAsync(options.Home, port, ports.TemporalUi, cancellation);
    }

    private static int PortOf(string target) => new Uri($"http://{target}").Port;

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        running.Push(part);
        return part;
    }

    private sealed class HomeUse(HomeFolder home) : IAsyncDisposable
    {
        private readonly HomeLock taken = HomeLock.Take(home);

        public ValueTask DisposeAsync()
        {
            File.Delete(home.Services);
            taken.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
