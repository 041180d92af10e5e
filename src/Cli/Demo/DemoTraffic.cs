using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Drift;
using Lifecycle.Serving.Importing;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;
using Lifecycle.Worker.Hosting;

namespace Lifecycle.Cli.Demo;

/// <summary>
/// Brings traffic into the log for the drift story: rows of real lists, replayed as if the sign-up form had asked about them,
/// answered and logged by the model that is live at the time.
/// </summary>
/// <param name="stack">The running services.</param>
/// <param name="options">How they were started.</param>
/// <param name="model">Name of the model.</param>
public sealed class DemoTraffic(ServiceStack stack, StackOptions options, string model)
{
    /// <summary>Replays rows of a DataSnapshot that no run has taken yet, without those that the live model was trained on.</summary>
    public async Task ReplaySnapshotAsync(WatchWindow window, string snapshot, ArtifactRef trainingSet, CancellationToken cancellation)
    {
        string rows = Path.Combine(Directory.CreateDirectory(options.Home.Scratch).FullName, $"{model}-{snapshot}.parquet");
        await DataPackages.TakeRowsAsync(
            Path.Combine(options.Tree.Models, model), snapshot, SourceTree.DataPackages(), rows, cancellation);
        ReplayRequest request = new()
        {
            File = rows,
            ExceptTrainingSet = await DownloadAsync(trainingSet, cancellation),
            Window = window,
            Source = $"the lists of {snapshot}",
        };
        await ReplayAsync(request, cancellation);
    }

    /// <summary>Replays rows of a stored Holdout, which the run's model never saw.</summary>
    public async Task ReplayHoldoutAsync(WatchWindow window, ArtifactRef holdout, string source, CancellationToken cancellation) =>
        await ReplayAsync(new() { File = await DownloadAsync(holdout, cancellation), IsSide = true, Window = window, Source = source }, cancellation);

    private async Task<string> DownloadAsync(ArtifactRef artifact, CancellationToken cancellation) =>
        await new ArtifactStore(await BlobRooms.OpenStoreAsync(stack.BlobConnectionString, cancellation), options.Home.Scratch)
            .DownloadAsync(artifact, cancellation);

    private async Task ReplayAsync(ReplayRequest request, CancellationToken cancellation)
    {
        using LiveModel live = await BlobRooms.OpenLiveModelAsync(
            stack.BlobConnectionString, options.Home, model, "production", cancellation);
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.BlobConnectionString, cancellation);
        await new TrafficReplay(store, options.Home.Scratch).RunAsync(request, live, cancellation);
    }
}
