using Microsoft.Extensions.Hosting;

namespace Lifecycle.LocalEngine;

/// <summary>The engine lives as long as its host object: it takes no signals from the program that embeds it.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
