using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace Lifecycle.Cli.Hosting;

/// <summary>The official dev server as a process of an installed Temporal CLI, waited for as long as a busy machine may take.</summary>
internal sealed class DevServerProcess : IAsyncDisposable
{
    /// <summary>Its banner would otherwise stand among our results.</summary>
    public static readonly string[] Quiet = ["--output", "none"];

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private readonly Process process;
    private readonly ConcurrentQueue<string> lastWords = new();

    private DevServerProcess(Process process, string target)
    {
        (this.process, Target) = (process, target);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Its gRPC address.</summary>
    public string Target { get; }

    /// <summary>Starts it, and returns when it serves.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not serve in time.</exception>
    public static async Task<DevServerProcess> StartAsync(
        string program, string database, int port, int uiPort, IEnumerable<SearchAttributeKey> searchAttributes, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(
            program,
            [
                "server", "start-dev", "--ip", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture),
                "--ui-port", uiPort.ToString(CultureInfo.InvariantCulture), "--db-filename", database, "--log-level", "error",
                .. searchAttributes.SelectMany(attribute => new[] { "--search-attribute", $"{attribute.Name}={attribute.ValueType}" }), .. Quiet,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        DevServerProcess server = new(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"), $"127.0.0.1:{port}");
        try
        {
            await server.WaitUntilItServesAsync(cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether it ended because somebody else listens on one of its ports.</summary>
    public static bool FoundItsPortTaken(InvalidOperationException failure) => failure.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase);

    /// <summary>Asks it to end, and ends it when it does not follow.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            StopSignal.Send(process);
            using CancellationTokenSource patience = new(StopLimit);
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        process.Dispose();
    }

    private async Task WaitUntilItServesAsync(CancellationToken cancellation)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                TemporalClient client = await TemporalClient.ConnectAsync(new(Target)).WaitAsync(cancellation);
                await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = client.Options.Namespace }, new() { CancellationToken = cancellation });
                return;
            }
            catch (Exception early) when (early is InvalidOperationException or RpcException)
            {
                if (process.HasExited)
                {
                    throw new InvalidOperationException($"it ended with {process.ExitCode}: {string.Join(" | ", lastWords)}", early);
                }

                if (TimeProvider.System.GetElapsedTime(began) > StartLimit)
                {
                    throw new InvalidOperationException($"it did not serve within {StartLimit.TotalMinutes:0} minutes: {early.Message}", early);
                }
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private void Hear(string? line)
    {
        const int Kept = 5;
        if (!string.IsNullOrWhiteSpace(line))
        {
            lastWords.Enqueue(line.Trim());
            while (lastWords.Count > Kept)
            {
                lastWords.TryDequeue(out _);
            }
        }
    }
}
