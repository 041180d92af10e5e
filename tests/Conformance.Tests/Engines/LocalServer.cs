using Lifecycle.LocalEngine;

namespace Lifecycle.Conformance.Tests.Engines;

/// <summary>The embedded engine in a home of its own, which is deleted at the end.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly LocalEngineHost host;
    private readonly DirectoryInfo home;

    private LocalServer(LocalEngineHost host, DirectoryInfo home) => (this.host, this.home) = (host, home);

    public string Address => host.Target;

    public static async Task<LocalServer> StartAsync()
    {
        var home = Directory.CreateTempSubdirectory("conformance-engine-");
        return new(await LocalEngineHost.StartAsync(new() { HomeDirectory = home.FullName }, CancellationToken.None), home);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        home.Delete(recursive: true);
    }
}
