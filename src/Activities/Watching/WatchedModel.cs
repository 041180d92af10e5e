using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Watch;
using Lifecycle.Publishing.Releases;
using Lifecycle.Publishing.Statements;
using Lifecycle.Publishing.Stores;
using Lifecycle.Serving.Models;

namespace Lifecycle.Activities.Watching;

/// <summary>The live model with what its traffic is compared with, both held against the release's digest.</summary>
internal sealed class WatchedModel : IDisposable
{
    private const long MaximumDocumentBytes = 1 << 20;

    private WatchedModel(LiveModel model, WatchBaseline baseline) => (Model, Baseline) = (model, baseline);

    /// <summary>The model.</summary>
    public LiveModel Model { get; }

    /// <summary>What to compare with.</summary>
    public WatchBaseline Baseline { get; }

    /// <summary>Opens a version that was verified when the watch was planned.</summary>
    /// <exception cref="ArtifactCorruptedException">A file is missing, or is not the one that the release names.</exception>
    public static async Task<WatchedModel> OpenAsync(IBlobStore store, ChannelEntry live, CancellationToken cancellation)
    {
        string directory = live.Publication.Directory;
        byte[] release = await ReadAsync(store, $"{directory}/{ReleaseManifests.FileName}", live.Publication.ReleaseDigest, cancellation);
        ReleaseFile named = ReleaseManifests.Parse(release).Files.FirstOrDefault(file => file.Name == ReleaseFileNames.Baseline)
            ?? throw new ArtifactCorruptedException(
                directory, "a release from before the watch", $"a {ReleaseFileNames.Baseline} in it; retrain the model to have one", store.Address);
        byte[] document = await ReadAsync(store, $"{directory}/{named.Name}", named.Content.Sha256, cancellation);
        WatchBaseline? baseline = JsonSerializer.Deserialize<WatchBaseline>(document, DomainJson.Compact);
        return baseline?.Format == WatchBaseline.CurrentFormat
            ? new WatchedModel(await LiveModel.OpenPinnedAsync(store, live, cancellation), baseline)
            : throw new ArtifactCorruptedException($"{directory}/{named.Name}", $"format {baseline?.Format}", WatchBaseline.CurrentFormat, store.Address);
    }

    /// <summary>Releases the model.</summary>
    public void Dispose() => Model.Dispose();

    private static async Task<byte[]> ReadAsync(IBlobStore store, string name, string sha256, CancellationToken cancellation)
    {
        StoredBlob blob = await store.ReadAsync(name, MaximumDocumentBytes, cancellation)
            ?? throw new ArtifactCorruptedException(name, "nothing", $"sha256 {sha256}", store.Address);
        string found = Sha256Digest.Of(blob.Content.Span);
        return found == sha256
            ? blob.Content.ToArray()
            : throw new ArtifactCorruptedException(name, $"sha256 {found}", $"sha256 {sha256}", store.Address);
    }
}
