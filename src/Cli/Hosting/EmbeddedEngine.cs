using System.Collections.Immutable;
using Lifecycle.Cli.Homes;
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
    public static LocalEngineOptions Options(string folder, int port) => new()
    {
        HomeDirectory = folder,
        Port = port,
        SearchAttributes = LifecycleSearchAttributes.Names.ToImmutableDictionary(name => name, _ => SearchAttributeKind.Keyword),
    };

    /// <summary>Starts it; port 0 takes any free one.</summary>
    public static async Task<EmbeddedEngine> StartAsync(HomeFolder home, int port, CancellationToken cancellation) =>
        new(await LocalEngineHost.StartAsync(Options(home.Engine, port), cancellation));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => host.DisposeAsync();
}
