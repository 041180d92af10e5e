using System.Diagnostics;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Demo;

/// <summary>A verb of this program in a process of its own, as a person with the same home would run it.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Results">What it printed as its result.</param>
/// <param name="LastLine">The last line of all that it printed.</param>
public sealed record SeparateRun(int ExitCode, string Results, string LastLine)
{
    /// <summary>Runs <c>lifecycle</c> with <paramref name="arguments"/> to its end.</summary>
    public static async Task<SeparateRun> RunAsync(HomeFolder home, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        string[] self = BackgroundProcess.Self();
        ProcessStartInfo start = new(self[0], [.. self[1..], .. arguments, "--home", home.Root])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> results = process.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        string text = await errors + await results;
        return new SeparateRun(
            process.ExitCode, await results, text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "");
    }
}
