using System.Diagnostics;
using Lifecycle.Storage.Emulator;

namespace Lifecycle.Publishing.Tests.Fixtures;

/// <summary>Runs other people's programs.</summary>
internal static class Tool
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>Runs one of infra/verifiers' scripts.</summary>
    public static async Task<(int ExitCode, string Output)> VerifierAsync(string script, params string[] arguments)
    {
        NpmInstallation packages = await NpmInstallation.EnsureAsync(Checkout.Infra("verifiers"), Checkout.Cache);
        return await RunAsync("node", [Path.Combine(packages.DefinitionFolder, script), "--installation", packages.Folder, .. arguments]);
    }

    /// <summary>Runs a program and returns how it ended and everything it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using CancellationTokenSource deadline = new(Timeout);
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
            string output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
