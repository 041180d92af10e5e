using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Homes;
using Lifecycle.Domain.Files;
using Lifecycle.Worker.Options;
using Lifecycle.Worker.Webhooks;
using Microsoft.Extensions.Logging;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle up</c>: starts engine, blob emulator and worker of a home, in the background unless told otherwise.</summary>
public static class UpVerb
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<EngineKind> engine = new("--engine") { Description = "Engine to start: local (embedded) or temporal (official dev server)" };
        Option<int> port = new("--port") { Description = "Port of the engine (default: the one this home was last served on, or any free one)" };
        port.Validators.Add(OptionBounds.Port);
        Option<string[]> folders = new("--data-folder") { Description = "Folder whose files 'score --worker-files', schedules and sensors may name, beside the models' own; repeatable (default: LIFECYCLE_DATA_FOLDERS)", HelpName = "DIR" };
        Option<HomeStore[]> anew = new("--begin-anew") { Description = "Set a store of this home aside and begin it anew: engine, temporal, blobs or trust; what was in it is lost to the home; repeatable" };
        Option<bool> foreground = new("--foreground") { Description = "Serve in this process until Ctrl-C" };
        return Verb.Create(
            "up", "Start the engine, the blob emulator and a worker for this home",
            "up", "up --engine temporal", "up --data-folder /srv/exports", "up --home /tmp/trial --port 7233 --foreground")
            .Does([engine, port, folders, anew, foreground], async (parsed, output, cancellation) =>
            {
                HomeFolder home = GlobalOptions.HomeOf(parsed).Create();
                StackOptions options = new(home, SourceTree.Find()) 
                {
                    Engine = parsed.GetValue(engine),
                    EnginePort = parsed.GetValue(port),
                    BeginAnew = [.. (parsed.GetValue(anew) ?? []).Distinct()],
                    MetricsAddress = MetricsAddress.Choose(),
                    Webhooks = ArrivalOptions.Of(Environment.GetEnvironmentVariable),
                    DataFolders = DataFolders(parsed.GetValue(folders)),
                    Logging = logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(),
                };
                return parsed.GetValue(foreground)
                    ? await ServeAsync(options, output, cancellation)
                    : await StartInBackgroundAsync(options, parsed.GetValue(folders) is [_, ..], output, cancellation);
            });
    }

    private static ImmutableArray<string> DataFolders(string[]? told) => told is [_, ..]
        ? [.. told.Select(Path.GetFullPath)]
        : WorkerEnvironment.Folders(Environment.GetEnvironmentVariable("LIFECYCLE_DATA_FOLDERS"));

    private static async Task<int> ServeAsync(StackOptions options, CommandOutput output, CancellationToken cancellation)
    {
        await using ServiceStack stack = await ServiceStack.StartAsync(options, output.Progress, cancellation);
        ServicesFile services = stack.Announce();
        output.Progress($"serving; engine {services.Engine}, home {options.Home.Root}; stop with Ctrl-C or 'lifecycle down'");
        try
        {
            await stack.RunAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            output.Progress("stopping");
        }

        return ExitCodes.Success;
    }

    private static async Task<int> StartInBackgroundAsync(StackOptions options, bool foldersTold, CommandOutput output, CancellationToken cancellation)
    {
        HomeFolder home = options.Home;
        if (ServicesFile.Read(home) is { } running)
        {
            if (options.BeginAnew is [_, ..])
            {
                throw new CommandException(ExitCodes.Unavailable, $"{home.Root} is served by pid {running.ProcessId}; stop it with 'lifecycle down' before anything in it is begun anew");
            }

            if ((options.EnginePort is not 0 && !running.Engine.EndsWith($":{options.EnginePort}", StringComparison.Ordinal)) || foldersTold)
            {
                throw new CommandException(ExitCodes.Unavailable, $"{home.Root} is served by pid {running.ProcessId} already, engine {running.Engine}; a port or data folders are taken at a start: stop it with 'lifecycle down' first, runs go on at the next 'up'");
            }

            output.Result(running, console => console.Line($"already up: engine {running.Engine}, pid {running.ProcessId}"));
            return ExitCodes.Success;
        }

        string log = BackgroundProcess.LogPath(home);
        using Process process = BackgroundProcess.Start(
            log,
            [
                "up", "--foreground", "--home", home.Root, "--engine", options.Engine.ToString(), "--port", $"{options.EnginePort}",
                .. options.DataFolders.SelectMany(folder => new[] { "--data-folder", folder }),
                .. options.BeginAnew.SelectMany(store => new[] { "--begin-anew", $"{store}" }),
            ]);
        ServicesFile services = await WaitOrEndAsync(home, process, log, output, cancellation);
        output.Result(services, console =>
        {
            console.Line($"up: engine {services.Engine}, pid {services.ProcessId}, log {log}");
            if (services.TemporalUi is { } ui)
            {
                console.Line($"Temporal UI: {ui}");
            }

            if (services.Metrics is { } metrics)
            {
                console.Line($"metrics: {metrics}");
            }

            if (services.Webhooks is { } webhooks)
            {
                console.Line($"webhooks: {webhooks}/MODEL/SENSOR");
            }
        });
        return ExitCodes.Success;
    }

    // A start that is given up, by Ctrl-C or because it takes too long, leaves no process behind.
    private static async Task<ServicesFile> WaitOrEndAsync(
        HomeFolder home, Process process, string log, CommandOutput output, CancellationToken cancellation)
    {
        try
        {
            return await WaitAsync(home, process, log, output, cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new CommandException(ExitCodes.Unavailable, $"the services were not up within {StartLimit.TotalMinutes:0} minutes and were stopped; log: {log}");
        }
    }

    private static async Task<ServicesFile> WaitAsync(
        HomeFolder home, Process process, string log, CommandOutput output, CancellationToken cancellation)
    {
        output.Progress("starting engine, blob emulator and worker ...");
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        while (ServicesFile.Read(home) is null)
        {
            if (process.HasExited)
            {
                string[] lines = File.Exists(log) ? RegularFile.ReadLines(log) : [];
                string reason = lines.LastOrDefault(line => line.Length > 0) ?? "the background process ended";
                throw new CommandException(ExitCodes.Unavailable, $"{reason.Replace("error: ", "", StringComparison.Ordinal)} (log: {log})");
            }

            await Task.Delay(100, limit.Token);
        }

        return ServicesFile.Read(home)!;
    }
}
