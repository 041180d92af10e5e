using System.Diagnostics;
using System.Globalization;

namespace Lifecycle.LocalEngine.Tests.Killing;

/// <summary>An engine in a process of its own, to be killed and started again on the same home and port.</summary>
public sealed class EngineProcess : IAsyncDisposable
{
    private Process? process;

    public string Home { get; } = Directory.CreateTempSubdirectory("engine-kill-").FullName;

    /// <summary>What the process printed first: its address, or why it did not start.</summary>
    public string FirstLine { get; private set; } = "";

    public int Port => int.Parse(FirstLine[(FirstLine.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);

    /// <summary>Starts the process and waits for its first line.</summary>
    public async Task StartAsync(int port = 0, string failpoint = "")
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve", Home, port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            Environment = { ["LIFECYCLE_ENGINE_FAILPOINT"] = failpoint },
        };
        process = Process.Start(start)!;
        FirstLine = await process.StandardOutput.ReadLineAsync() ?? "";
    }

    /// <summary>Ends the process as kill -9 does.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await ExitedAsync();
    }

    /// <summary>Waits until the process has ended by itself.</summary>
    public Task ExitedAsync() => process!.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(5));

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await KillAsync();
        }

        process?.Dispose();
        Directory.Delete(Home, recursive: true);
    }
}
