using System.Diagnostics;

namespace Lifecycle.Conformance.Tests.Engines;

/// <summary>The official dev server in memory, on a free port, killed by its own process at the end.</summary>
internal sealed class OfficialServer : IAsyncDisposable
{
    private readonly Process process;

    private OfficialServer(Process process, string address)
    {
        this.process = process;
        Address = address;
    }

    public string Address { get; }

    public static OfficialServer Start(string program)
    {
        var port = FreePort.Next();
        var process = ExternalProgram.Start(program, Arguments(port));
        return new(process, $"127.0.0.1:{port}");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    // Untuned, the dev server hands out at most 20 transfers a second and the suite would mostly wait for that.
    private static IEnumerable<string> Arguments(int port) =>
    [
        "server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", $"{port}", "--log-level", "never",
        "--dynamic-config-value", "history.transferProcessorMaxPollRPS=2000",
        "--dynamic-config-value", "system.forceSearchAttributesCacheRefreshOnRead=true",
    ];
}
