using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Homes;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Storage;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Services;

/// <summary>A whole home in this process, over the sample model, on either engine.</summary>
internal sealed class SampleStack : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly ServiceStack stack;

    private SampleStack(TemporaryFolder folder, HomeFolder home, ServiceStack stack) => (this.folder, Home, this.stack) = (folder, home, stack);

    /// <summary>The sample model's definition; a test may add sections to it before its first run.</summary>
    public string ModelFile => Path.Combine(folder.Path, "models", SampleModel.Name, "model.yaml");

    /// <summary>The folder that the models lie in; a test may write more of them there.</summary>
    public string ModelsParent => folder.Path;

    /// <summary>The home.</summary>
    public HomeFolder Home { get; }

    /// <summary>A connected client.</summary>
    public ITemporalClient Client => stack.Client;

    /// <summary>The blob store.</summary>
    public IBlobStore Store => AzureBlobStore.Open(new() { ConnectionString = stack.BlobConnectionString });

    /// <summary>The services.</summary>
    public ServiceStack Services => stack;

    /// <summary>Starts everything; skips the test where the official dev server is asked for and not found.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="approvalTimeout">How long a run waits for approvals.</param>
    /// <param name="prepare">Writes into the home before anything starts.</param>
    /// <param name="limits">What stages may use.</param>
    public static async Task<SampleStack> StartAsync(EngineKind engine, string approvalTimeout = "1h", Action<HomeFolder>? prepare = null, StageLimits? limits = null)
    {
        Assert.SkipWhen(
            engine == EngineKind.Temporal && OfficialDevServer.FindProgram() is null,
            "the official Temporal CLI was not found; put it on PATH or set TEMPORAL_CLI_PATH");
        TemporaryFolder folder = new();
        HomeFolder home = new(Path.Combine(folder.Path, "home"));
        prepare?.Invoke(home.Create());
        SampleModel model = SampleModel.WriteTo(folder.Path, approvalTimeout);
        StackOptions options = new(home, SourceTree.Find()) { Engine = engine, Models = model.ModelsFolder, Stages = limits };
        return new SampleStack(folder, home, await ServiceStack.StartAsync(options, _ => { }, CancellationToken.None));
    }

    /// <summary>The bytes of an artifact.</summary>
    public Task<byte[]> ReadAsync(ArtifactRef artifact) => new ArtifactStore(Store, Path.Combine(Home.Scratch, "artifacts")).ReadAsync(artifact, CancellationToken.None);

    /// <summary>Ends everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await stack.DisposeAsync();
        folder.Dispose();
    }
}
