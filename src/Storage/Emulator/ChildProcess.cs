using System.ComponentModel;
using System.Diagnostics;

namespace Lifecycle.Storage.Emulator;

/// <summary>Starts Node and npm with redirected streams, and says clearly when they are missing.</summary>
internal static class ChildProcess
{
    public static Process Start(string program, IEnumerable<string> arguments, string workingFolder)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = workingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start) ?? throw new EmulatorException($"`{program}` did not start.");
        }
        catch (Win32Exception missing)
        {
            throw new EmulatorException($"`{program}` cannot be started ({missing.Message}): the blob emulator needs Node.js 20 or newer with npm on the PATH.", missing);
        }
    }

    /// <summary>Runs a program to its end and returns what it printed; one that fails or hangs is an error with its last words.</summary>
    public static async Task<string> RunAsync(
        string program, string[] arguments, string workingFolder, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using Process process = Start(program, arguments, workingFolder);
        process.StandardInput.Close();
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        string command = $"{program} {string.Join(' ', arguments)}";
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(deadline.Token);
            string output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0
                ? output
                : throw new EmulatorException($"`{command}` in {workingFolder} ended with {process.ExitCode}: {LastWords(await errors)}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EmulatorException($"`{command}` in {workingFolder} did not end within {timeout.TotalSeconds:0} seconds and was stopped.");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public static string LastWords(string output)
    {
        const int lines = 5;
        string[] last = [.. output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).TakeLast(lines)];
        return last.Length == 0 ? "it said nothing." : string.Join(" | ", last);
    }
}
