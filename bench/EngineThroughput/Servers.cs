using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Temporalio.Client;

namespace Lifecycle.EngineThroughput;

/// <summary>A server under measurement: how it is started, in a directory of its own.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Start">Starts it in a directory; gives the process and its address.</param>
internal sealed record Server(string Name, Func<string, Task<(Process Process, string Target)>> Start)
{
    public bool IsReduced { get; init; }
}

/// <summary>The servers to compare: the local engine, and the official dev server as it comes and tuned.</summary>
internal static class Servers
{
    // Without this the dev server polls its transfer queue 20 times a second, which is a limit and not a cost.
    private static readonly string[] Tuned = ["--dynamic-config-value", "history.transferProcessorMaxPollRPS=2000"];
    private static readonly string[] Durable = [.. Tuned, "--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=FULL"];

    public static IEnumerable<Server> All(string? temporalCli)
    {
        yield return new("LocalEngine (WAL, FULL)", StartLocalAsync);
        if (temporalCli is not null)
        {
            yield return new("official dev server, stock", directory => StartOfficialAsync(temporalCli, directory, [])) { IsReduced = true };
            yield return new("official dev server, tuned", directory => StartOfficialAsync(temporalCli, directory, Tuned)) { IsReduced = true };
            yield return new("official dev server, tuned, WAL, FULL", directory => StartOfficialAsync(temporalCli, directory, Durable)) { IsReduced = true };
        }
    }

    private static async Task<(Process Process, string Target)> StartLocalAsync(string directory)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["serve", directory]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        return (process, await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The local engine ended before it printed its address."));
    }

    private static async Task<(Process Process, string Target)> StartOfficialAsync(string cli, string directory, string[] extra)
    {
        var port = FreePort();
        string[] arguments =
        [
            "server", "start-dev", "--headless", "--ip", "127.0.0.1", "--port", $"{port}",
            "--db-filename", Path.Combine(directory, "temporal.db"), "--log-level", "never", .. extra,
        ];
        var process = Process.Start(new ProcessStartInfo(cli, arguments) { RedirectStandardOutput = true })!;
        process.BeginOutputReadLine();
        var target = $"127.0.0.1:{port}";
        await UntilHealthyAsync(target);
        return (process, target);
    }

    private static async Task UntilHealthyAsync(string target)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await TemporalClient.ConnectAsync(new(target));
                return;
            }
            catch (InvalidOperationException) when (attempt < 100)
            {
                await Task.Delay(100);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
