using System.CommandLine;
using System.Diagnostics;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle down</c>: stops what <c>lifecycle up</c> started in a home.</summary>
public static class DownVerb
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>The command.</summary>
    public static Command Create() => Verb.Create("down", "Stop what 'lifecycle up' started in this home; runs go on at the next 'up'", "down")
        .Does([], async (parsed, output, cancellation) =>
        {
            HomeFolder home = GlobalOptions.HomeOf(parsed);
            ServicesFile? services = ServicesFile.Read(home);
            bool stopped = services is not null && await StopAsync(services, cancellation);
            output.Result(new { home = home.Root, stopped }, console =>
                console.Line(stopped ? "down" : $"nothing runs in {home.Root}"));
            return ExitCodes.Success;
        });

    private static async Task<bool> StopAsync(ServicesFile services, CancellationToken cancellation)
    {
        using Process? process = services.FindProcess();
        if (process is null)
        {
            return false;
        }

        StopSignal.Send(process);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Grace);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // It had its time; what it acknowledged is on disk.
            process.Kill(entireProcessTree: true);
        }

        return true;
    }
}
