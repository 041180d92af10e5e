using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Homes;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Releases;
using Lifecycle.Storage;

namespace Lifecycle.Cli.Demo;

/// <summary>Lays a run's Publication and report page into the home as plain files, for people and other people's tools.</summary>
public sealed class DemoMirror(ServiceStack stack, HomeFolder home)
{
    /// <summary>Keeps what <paramref name="state"/> made.</summary>
    public async Task<DemoRun> KeepAsync(RetrainingState state, CancellationToken cancellation)
    {
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.BlobConnectionString, cancellation);
        string name = $"{state.Model}-{state.Snapshot?.Id}";
        return new DemoRun(
            state,
            await KeepPageAsync(store, state, name, cancellation),
            await KeepPublicationAsync(store, state, name, cancellation));
    }

    private async Task<string?> KeepPageAsync(IBlobStore store, RetrainingState state, string name, CancellationToken cancellation)
    {
        if (state.Evaluation?.Page is not { } page)
        {
            return null;
        }

        string copy = Path.Combine(Directory.CreateDirectory(home.Reports).FullName, $"{name}.html");
        File.Copy(await new ArtifactStore(store, home.Scratch).DownloadAsync(page, cancellation), copy, overwrite: true);
        return copy;
    }

    private async Task<string?> KeepPublicationAsync(IBlobStore store, RetrainingState state, string name, CancellationToken cancellation)
    {
        if (state.Publication is not { } publication)
        {
            return null;
        }

        string copy = Path.Combine(Directory.CreateDirectory(home.Publications).FullName, name);
        await PublicationCopy.ToDirectoryAsync(store, publication.Directory, copy, cancellation);
        return copy;
    }
}
