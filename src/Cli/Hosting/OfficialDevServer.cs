using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Client.Homes;
using Lifecycle.Workflows;
using Temporalio.Common;
using Temporalio.Testing;

namespace Lifecycle.Cli.Hosting;

/// <summary>
/// The official Temporal dev server, with Temporal UI: production's engine in small. Found by <c>TEMPORAL_CLI_PATH</c>, else
/// on PATH; where it is not installed the SDK downloads it.
/// </summary>
public sealed class OfficialDevServer : IEngine
{
    private static readonly SearchAttributeKey[] SearchAttributes =
        [LifecycleSearchAttributes.Model, LifecycleSearchAttributes.Stage, LifecycleSearchAttributes.Trigger, LifecycleSearchAttributes.Verdict];

    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Func<ValueTask> stop;

    private OfficialDevServer(string target, string temporalUi, Func<ValueTask> stop)
    {
        (Target, TemporalUi) = (target, temporalUi);
        this.stop = stop;
    }

    /// <inheritdoc/>
    public string Description => "official Temporal dev server";

    /// <inheritdoc/>
    public string Target { get; }

    /// <inheritdoc/>
    public string? TemporalUi { get; }

    /// <summary>Path of an installed <c>temporal</c>; null when there is none.</summary>
    public static string? FindProgram()
    {
        string? told = Environment.GetEnvironmentVariable("TEMPORAL_CLI_PATH");
        if (!string.IsNullOrWhiteSpace(told))
        {
            return File.Exists(told)
                ? told
                : throw new CommandException(ExitCodes.Unavailable, $"TEMPORAL_CLI_PATH names {told}, which is no file");
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "temporal.exe" : "temporal"))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Starts it on a database file in the home.</summary>
    /// <param name="home">The home.</param>
    /// <param name="port">Port of the engine; 0 takes any free one.</param>
    /// <param name="uiPort">Port of Temporal UI while it is free; else any free one.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<OfficialDevServer> StartAsync(HomeFolder home, int port, int uiPort, CancellationToken cancellation)
    {
        try
        {
            return FindProgram() is { } program
                ? await StartAsync(program, home, port, uiPort, cancellation)
                : await DownloadAsync(home, port, PortOfUi(uiPort), cancellation);
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException)
        {
            throw new CommandException(
                ExitCodes.Unavailable,
                $"the official Temporal dev server did not start: {failure.Message}. Install the Temporal CLI and put it on PATH, or set TEMPORAL_CLI_PATH.",
                failure);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stop();

    // The server draws further ports by itself, and any port that was free a moment ago may be taken now: then it is started once more, on others.
    internal static async Task<OfficialDevServer> StartAsync(string program, HomeFolder home, int port, int uiPort, CancellationToken cancellation)
    {
        _ = Directory.CreateDirectory(home.Temporal);
        for (int attempt = 1; ; attempt++)
        {
            int ui = PortOfUi(uiPort);
            try
            {
                DevServerProcess server = await DevServerProcess.StartAsync(
                    program, home.TemporalDatabase, port > 0 ? port : LoopbackPort.AnyFree(), ui, SearchAttributes, cancellation);
                return new OfficialDevServer(server.Target, UrlOf(ui), server.DisposeAsync);
            }
            catch (InvalidOperationException failure) when (attempt < Attempts && DevServerProcess.FoundItsPortTaken(failure))
            {
                await Task.Delay(attempt * Pause, cancellation);
            }
        }
    }

    private static async Task<OfficialDevServer> DownloadAsync(HomeFolder home, int port, int uiPort, CancellationToken cancellation)
    {
        _ = Directory.CreateDirectory(home.Temporal);
        WorkflowEnvironment downloaded = await StartByTheSdkAsync(new()
        {
            TargetHost = $"127.0.0.1:{port}",
            UI = true,
            UIPort = uiPort,
            SearchAttributes = SearchAttributes,
            DevServerOptions = new() { DatabaseFilename = home.TemporalDatabase, LogLevel = "error", ExtraArgs = [.. DevServerProcess.Quiet] },
        }, cancellation);
        return new OfficialDevServer(downloaded.Client.Connection.Options.TargetHost!, UrlOf(uiPort), async () => await downloaded.ShutdownAsync());
    }

    private static int PortOfUi(int preferred) => LoopbackPort.IfFree(preferred) is var free and > 0 ? free : LoopbackPort.AnyFree();

    private static string UrlOf(int uiPort) => $"http://127.0.0.1:{uiPort}";

    // A start that is given up still ends what it had started. The SDK waits five seconds and no longer: a program that is there is started by us.
    private static async Task<WorkflowEnvironment> StartByTheSdkAsync(WorkflowEnvironmentStartLocalOptions options, CancellationToken cancellation)
    {
        Task<WorkflowEnvironment> start = WorkflowEnvironment.StartLocalAsync(options);
        try
        {
            return await start.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            await (await start).ShutdownAsync();
            throw;
        }
    }
}
