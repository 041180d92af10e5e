[assembly: AssemblyFixture(typeof(Lifecycle.Conformance.Tests.Engines.EngineFixture))]

namespace Lifecycle.Conformance.Tests.Engines;

/// <summary>One engine of each kind for the whole run, started when the first test asks for it.</summary>
public sealed class EngineFixture : IAsyncDisposable
{
    private readonly OnceFor<EngineKind, RunningEngine> engines = new();

    /// <summary>The engine of that kind; skips the calling test, saying why, where this machine has none.</summary>
    public Task<RunningEngine> GetAsync(EngineKind kind)
    {
        Assert.SkipWhen(kind == EngineKind.Official && ExternalProgram.Temporal is null, ExternalProgram.WhyNoTemporal);
        return engines.GetAsync(kind, () => StartAsync(kind));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in engines.Started.Where(engine => engine.IsCompletedSuccessfully))
        {
            await (await engine).DisposeAsync();
        }
    }

    private static async Task<RunningEngine> StartAsync(EngineKind kind)
    {
        if (kind == EngineKind.Official)
        {
            var server = OfficialServer.Start(ExternalProgram.Temporal!);
            return await RunningEngine.StartAsync(kind, server, server.Address);
        }

        var local = await LocalServer.StartAsync();
        return await RunningEngine.StartAsync(kind, local, local.Address);
    }
}
