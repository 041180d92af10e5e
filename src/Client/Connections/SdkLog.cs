using System.Globalization;
using Lifecycle.Client.Homes;
using Microsoft.Extensions.Logging;
using Temporalio.Runtime;

namespace Lifecycle.Client.Connections;

/// <summary>
/// Where the Temporal SDK writes while a verb runs: <c>logs/sdk.log</c> of the home, and not between the verb's own lines, such as
/// its many warnings while an engine is away. The file is begun anew when it is 10 MiB long; where it cannot be written, the lines
/// are dropped.
/// </summary>
public sealed class SdkLog : ILogger
{
    private const long MaximumBytes = 10 << 20;
    private static readonly Lock Making = new();
    private static TemporalRuntime? runtime;

    private readonly Lock writing = new();
    private readonly string path;

    private SdkLog(string path) => this.path = path;

    /// <summary>The file of a home.</summary>
    public static string PathIn(HomeFolder home) => Path.Combine(home.Logs, "sdk.log");

    /// <summary>The runtime of this process's connections; a process has one home.</summary>
    public static TemporalRuntime RuntimeFor(HomeFolder home)
    {
        lock (Making)
        {
            return runtime ??= new TemporalRuntime(new()
            {
                Telemetry = new()
                {
                    Logging = new()
                    {
                        Filter = new(TelemetryFilterOptions.Level.Warn, TelemetryFilterOptions.Level.Error),
                        Forwarding = new() { Logger = new SdkLog(PathIn(home)) },
                    },
                },
            });
        }
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        string moment = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        lock (writing)
        {
            Append($"{moment} {logLevel} {formatter(state, exception)}\n");
        }
    }

    private void Append(string line)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (new FileInfo(path) is { Exists: true, Length: > MaximumBytes })
            {
                File.Delete(path);
            }

            File.AppendAllText(path, line);
        }
        catch (Exception lost) when (lost is IOException or UnauthorizedAccessException)
        {
            // Diagnostics: the verb goes on without them.
        }
    }
}
