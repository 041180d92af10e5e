using System.Diagnostics;

namespace Lifecycle.EndToEnd.Tests.Services;

/// <summary>One of the product's programs as a process of its own, which a test may kill.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private readonly Process process;
    private readonly List<string> lines = [];

    private ProgramProcess(Process process) => this.process = process;

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    /// <summary>Everything it printed.</summary>
    public string Output
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    /// <summary>Starts <paramref name="program"/>, such as <c>Lifecycle.Cli</c>, and waits for a line that holds <paramref name="ready"/>.</summary>
    public static async Task<ProgramProcess> StartAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string ready)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        ProgramProcess started = new(new Process { StartInfo = start, EnableRaisingEvents = true });
        await started.LaunchAsync(ready);
        return started;
    }

    /// <summary>Kills it with SIGKILL and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Sends a signal by its name, such as <c>INT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until it ends by itself; its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan limit)
    {
        using CancellationTokenSource patience = new(limit);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Kills it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private async Task LaunchAsync(string ready)
    {
        TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Hear(line.Data, ready, seen);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, ready, seen);
        process.Exited += (_, _) => seen.TrySetException(new InvalidOperationException($"the program ended before it was ready:\n{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await seen.Task.WaitAsync(StartLimit);
    }

    private void Hear(string? line, string ready, TaskCompletionSource seen)
    {
        if (line is null)
        {
            return;
        }

        lock (lines)
        {
            lines.Add(line);
        }

        if (line.Contains(ready, StringComparison.Ordinal))
        {
            seen.TrySetResult();
        }
    }
}
