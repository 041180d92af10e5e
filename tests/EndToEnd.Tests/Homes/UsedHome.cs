using System.Collections.Immutable;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Homes;
using Lifecycle.Client.Releases;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Storage;

namespace Lifecycle.EndToEnd.Tests.Homes;

/// <summary>A home in which one run was promoted, made once; every test gets a copy.</summary>
public sealed class UsedHome : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The blobs of the home, by name.</summary>
    public ImmutableSortedDictionary<string, byte[]> Blobs { get; private set; } = ImmutableSortedDictionary<string, byte[]>.Empty;

    private HomeFolder Original => new(Path.Combine(folder.Path, "home"));

    /// <summary>The sample model's folder.</summary>
    public string Models => Path.Combine(folder.Path, "models");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _ = SampleModel.WriteTo(folder.Path);
        await using ServiceStack stack = await StartAsync(Original, _ => { });
        _ = await SampleRuns.RetrainAsync(stack.Client, Original, "2024-01");
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.BlobConnectionString, CancellationToken.None);
        var blobs = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        await foreach (string name in store.ListAsync(""))
        {
            using MemoryStream content = new();
            await store.CopyToAsync(name, content);
            blobs.Add(name, content.ToArray());
        }

        Blobs = blobs.ToImmutable();
    }

    /// <summary>Starts a home's services on the embedded engine.</summary>
    public Task<ServiceStack> StartAsync(HomeFolder home, Action<string> tell, params ImmutableArray<HomeStore> anew) => ServiceStack.StartAsync(
        new StackOptions(home, SourceTree.Find()) { Models = Models, BeginAnew = anew }, tell, CancellationToken.None);

    /// <summary>A copy of the home, modes included.</summary>
    public HomeFolder CopyTo(string target)
    {
        foreach (string file in Directory.EnumerateFiles(Original.Root, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(Original.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return new HomeFolder(target);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
