using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Homes;
using Lifecycle.Workflows;
using Temporalio.Testing;

namespace Lifecycle.Cli.Hosting;

/// <summary>
/// The official Temporal dev server, with Temporal UI: production's engine in small. Found by <c>TEMPORAL_CLI_PATH</c>, else
/// on PATH, else downloaded by the SDK.
/// </summary>
public sealed class OfficialDevServer : IEngine
{
    private readonly WorkflowEnvironment environment;

    private OfficialDevServer(WorkflowEnvironment environment, string temporalUi)
    {
        this.environment = environment;
        TemporalUi = temporalUi;
    }

    /// <inheritdoc/>
    public string Description => "official Temporal dev server";

    /// <inheritdoc/>
    public string Target => environment.Client.Connection.Options.TargetHost!;

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
    /// <param name="uiPort">Port of Temporal UI.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<OfficialDevServer> StartAsync(HomeFolder home, int port, int uiPort, CancellationToken cancellation)
    {
        _ = Directory.CreateDirectory(home.Temporal);
        try
        {
            WorkflowEnvironment environment = await StartAsync(new()
            {
                TargetHost = $"127.0.0.1:{port}",
                UI = true,
                UIPort = uiPort,
                SearchAttributes = [LifecycleSearchAttributes.Model, LifecycleSearchAttributes.Stage, LifecycleSearchAttributes.Trigger, LifecycleSearchAttributes.Verdict],
                DevServerOptions = new()
                {
                    ExistingPath = FindProgram(),
                    DatabaseFilename = home.TemporalDatabase,
                    LogLevel = "error",

                    // Its banner would otherwise stand among our results.
                    ExtraArgs = ["--output", "none"],
                },
            }, cancellation);
            return new OfficialDevServer(environment, $"http://127.0.0.1:{uiPort}");
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
    public async ValueTask DisposeAsync() => await environment.ShutdownAsync();

    // A start that is given up still ends what it had started.
    private static async Task<WorkflowEnvironment> StartAsync(WorkflowEnvironmentStartLocalOptions options, CancellationToken cancellation)
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
