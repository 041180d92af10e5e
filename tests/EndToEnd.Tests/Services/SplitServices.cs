using System.Diagnostics;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Homes;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Publishing.Keys;
using Lifecycle.Storage;
using Lifecycle.Storage.Emulator;
using Lifecycle.Workflows;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Services;

/// <summary>
/// A home whose engine and worker are processes of their own, to be killed one by one, over the real blob emulator and the
/// sample model.
/// </summary>
internal sealed class SplitServices : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly int enginePort = LoopbackPort.AnyFree();
    private AzuriteProcess blobs = null!;
    private ProgramProcess engine = null!;
    private ProgramProcess? worker;

    private SplitServices()
    {
    }

    /// <summary>Where failpoints are armed.</summary>
    public string Failpoints => Directory.CreateDirectory(Path.Combine(folder.Path, "failpoints")).FullName;

    /// <summary>The home.</summary>
    public HomeFolder Home => new(Path.Combine(folder.Path, "home"));

    /// <summary>The sample model's definition; a test may add sections to it before its first run.</summary>
    public string ModelFile => Path.Combine(folder.Path, "models", SampleModel.Name, "model.yaml");

    /// <summary>Process id of the worker.</summary>
    public int WorkerId => worker!.Id;

    /// <summary>A client that survives the engine's death.</summary>
    public ITemporalClient Client { get; private set; } = null!;

    /// <summary>The blob store.</summary>
    public IBlobStore Store { get; private set; } = null!;

    /// <summary>Starts everything.</summary>
    /// <param name="prepare">Writes into the home before the worker starts.</param>
    public static async Task<SplitServices> StartAsync(Action<HomeFolder>? prepare = null)
    {
        SplitServices services = new();
        HomeFolder home = services.Home.Create();
        prepare?.Invoke(home);
        _ = new KeyFolder(home.Root).EnsureDemo([.. DemoEngineers.Names]);
        _ = SampleModel.WriteTo(services.folder.Path);
        NpmInstallation installation = await NpmInstallation.EnsureAsync(SourceTree.Find().Azurite, SourceTree.PackageCache());
        services.blobs = await AzuriteProcess.StartAsync(installation, home.Blobs);
        AzureBlobStore store = AzureBlobStore.Open(new() { ConnectionString = services.blobs.ConnectionString });
        await store.EnsureContainerAsync();
        services.Store = store;
        await services.StartEngineAsync();
        services.Client = await TemporalClient.ConnectAsync(
            new($"127.0.0.1:{services.enginePort}") { DataConverter = PayloadConversion.Converter });
        await services.StartWorkerAsync();
        return services;
    }

    /// <summary>Kills the engine with SIGKILL and starts it again on its database.</summary>
    public async Task KillEngineAsync()
    {
        ProgramProcess killed = engine;
        await killed.KillAsync();
        await StartEngineAsync();
        await killed.DisposeAsync();
    }

    /// <summary>Kills the worker with SIGKILL and starts another.</summary>
    public async Task KillWorkerAsync()
    {
        ProgramProcess killed = worker!;
        await killed.KillAsync();
        await StartWorkerAsync();
        await killed.DisposeAsync();
    }

    /// <summary>Kills the blob emulator with SIGKILL and starts it again on its data and its port.</summary>
    public async Task KillBlobsAsync()
    {
        AzuriteProcess killed = blobs;
        using (Process process = Process.GetProcessById(killed.ProcessId))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        int port = killed.Port;
        await killed.DisposeAsync();
        NpmInstallation installation = await NpmInstallation.EnsureAsync(SourceTree.Find().Azurite, SourceTree.PackageCache());
        blobs = await AzuriteProcess.StartAsync(installation, Home.Blobs, port);
    }

    /// <summary>How a verb reaches the engine, the blobs and the keys.</summary>
    public string[] Places => ["--home", Home.Root, "--address", $"127.0.0.1:{enginePort}", "--blob", blobs.ConnectionString];

    /// <summary>The folder of the model definitions.</summary>
    public string ModelsFolder => Path.Combine(folder.Path, "models");

    /// <summary>A folder for a test's own files.</summary>
    public string Files => Directory.CreateDirectory(Path.Combine(folder.Path, "files")).FullName;

    /// <summary>What the worker and the engine printed, for a failed test.</summary>
    public string Output => $"worker:\n{worker?.Output}\nengine:\n{engine.Output}";

    /// <summary>Ends everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await (worker?.DisposeAsync() ?? ValueTask.CompletedTask);
        await engine.DisposeAsync();
        await blobs.DisposeAsync();
        folder.Dispose();
    }

    private async Task StartEngineAsync() => engine = await ProgramProcess.StartAsync(
        "Lifecycle.Cli", ["engine", "serve", "--home", Home.Root, "--port", $"{enginePort}"], new Dictionary<string, string>(), "engine at");

    private async Task StartWorkerAsync() => worker = await ProgramProcess.StartAsync(
        "Lifecycle.Worker",
        [],
        new Dictionary<string, string>
        {
            ["TEMPORAL_ADDRESS"] = $"127.0.0.1:{enginePort}",
            ["LIFECYCLE_HOME"] = Home.Root,
            ["LIFECYCLE_MODELS"] = Path.Combine(folder.Path, "models"),
            ["LIFECYCLE_BLOB"] = blobs.ConnectionString,
            ["LIFECYCLE_FAILPOINTS"] = Failpoints,
            ["LIFECYCLE_STICKY_SECONDS"] = "1",
        },
        "worker of");
}
