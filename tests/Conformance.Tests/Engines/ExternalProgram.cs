using System.Diagnostics;

namespace Lifecycle.Conformance.Tests.Engines;

/// <summary>What a program printed and how it ended.</summary>
public sealed record ProgramResult(int ExitCode, string Output, string Error);

/// <summary>Programs outside this repository: where they are, and running them with a bound on their time.</summary>
public static class ExternalProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The official <c>temporal</c> program, or null where there is none.</summary>
    public static string? Temporal { get; } = Environment.GetEnvironmentVariable("TEMPORAL_CLI_PATH") is { Length: > 0 } named
        ? File.Exists(named) ? named : null
        : OnPath("temporal");

    /// <summary>Temporal UI's server, which is looked for beside the official program.</summary>
    public static string? TemporalUi { get; } = Temporal is { } temporal
        && Path.Combine(Path.GetDirectoryName(temporal)!, "temporal-ui-server") is var beside && File.Exists(beside) ? beside : null;

    public static string WhyNoTemporal =>
        "no official server: TEMPORAL_CLI_PATH names no file and there is no 'temporal' on the PATH";

    /// <summary>Starts a program that stays, its output thrown away; the caller kills it.</summary>
    public static Process Start(string program, IEnumerable<string> arguments)
    {
        var process = Process.Start(Quiet(program, arguments)) ?? throw new InvalidOperationException($"{program} did not start");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProgramResult> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(Quiet(program, arguments)) ?? throw new InvalidOperationException($"{program} did not start");
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Patience.TotalSeconds} s");
        }
    }

    private static ProcessStartInfo Quiet(string program, IEnumerable<string> arguments) => new(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static string? OnPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
