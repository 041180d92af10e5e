using System.Collections.Immutable;
using Lifecycle.Cli.Homes;
using Lifecycle.Client.Homes;
using Lifecycle.LocalEngine;
using Lifecycle.Workflows;

namespace Lifecycle.Cli.Hosting;

/// <summary>The embedded engine, inside this process.</summary>
public sealed class EmbeddedEngine : IEngine
{
    private readonly LocalEngineHost host;

    private EmbeddedEngine(LocalEngineHost host) => this.host = host;

    /// <inheritdoc/>
    public string Description => "embedded engine";

    /// <inheritdoc/>
    public string Target => host.Target;

    /// <inheritdoc/>
    public string? TemporalUi => null;

    /// <summary>The options of an engine whose database lies in <paramref name="folder"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="port">Port to listen on; 0 takes any free one.</param>
    /// <param name="isUsed">Whether it was made before, so that it is not made anew.</param>
    public static LocalEngineOptions Options(string folder, int port, bool isUsed = false) => new()
    {
        HomeDirectory = folder,
        Port = port,
        MustExist = isUsed,
        SearchAttributes = LifecycleSearchAttributes.Names.ToImmutableDictionary(name => name, _ => SearchAttributeKind.Keyword),
    };

    /// <summary>Starts it; port 0 takes any free one. What the home's marker says was made is not made anew.</summary>
    public static async Task<EmbeddedEngine> StartAsync(HomeFolder home, int port, CancellationToken cancellation)
    {
        bool isUsed = HomeMarker.Of(home, TimeProvider.System).Holds(HomeStore.Engine);
        return new(await LocalEngineHost.StartAsync(Options(home.Engine, port, isUsed), cancellation));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => host.DisposeAsync();
}
