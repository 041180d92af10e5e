using System.Diagnostics;
using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Demo;

/// <summary><c>lifecycle verify</c> in a process of its own, as a person who was handed the directory would run it.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="LastLine">The last line that it printed.</param>
public sealed record Verification(int ExitCode, string LastLine)
{
    /// <summary>Verifies a directory.</summary>
    public static async Task<Verification> RunAsync(HomeFolder home, string folder, CancellationToken cancellation)
    {
        string[] self = BackgroundProcess.Self();
        ProcessStartInfo start = new(self[0], [.. self[1..], "verify", folder, "--home", home.Root])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> results = process.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        string text = await errors + await results;
        return new Verification(process.ExitCode, text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "");
    }
}
