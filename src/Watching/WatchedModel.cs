using System.Text.Json;
using Lifecycle.Domain;
using Lifecycle.Domain.Drift;
using Lifecycle.Publishing.Files;
using Lifecycle.Publishing.Trust;
using Lifecycle.Serving.Models;
using Lifecycle.Storage;

namespace Lifecycle.Watching;

/// <summary>The live model with what its traffic is compared with, both held against the release's digest.</summary>
public sealed class WatchedModel : IDisposable
{
    private const long MaximumDocumentBytes = 1 << 20;

    private WatchedModel(LiveModel model, WatchBaseline baseline) => (Model, Baseline) = (model, baseline);

    /// <summary>The model.</summary>
    public LiveModel Model { get; }

    /// <summary>What to compare with.</summary>
    public WatchBaseline Baseline { get; }

    /// <summary>Opens a verified version.</summary>
    /// <exception cref="ArtifactCorruptedException">A file is missing, or is not the one that the release names.</exception>
    public static async Task<WatchedModel> OpenAsync(VerifiedVersion live, CancellationToken cancellation)
    {
        string name = $"{live.Entry.Publication.Directory}/{ReleaseFileNames.Baseline}";
        if (!live.Has(ReleaseFileNames.Baseline))
        {
            throw new ArtifactCorruptedException(name, "a release from before the watch", "a baseline in it; retrain the model to have one", "the store");
        }

        ReadOnlyMemory<byte> document = await live.ReadAsync(ReleaseFileNames.Baseline, MaximumDocumentBytes, cancellation);
        WatchBaseline baseline = DomainJson.ReadRecord<WatchBaseline>(document.Span, name);
        return baseline.Format == WatchBaseline.CurrentFormat
            ? new WatchedModel(await LiveModel.OpenAsync(live, cancellation), baseline)
            : throw new ArtifactCorruptedException(name, $"format {baseline.Format}", WatchBaseline.CurrentFormat, "the store");
    }

    /// <summary>Releases the model.</summary>
    public void Dispose() => Model.Dispose();
}
