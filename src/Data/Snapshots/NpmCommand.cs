using System.ComponentModel;
using System.Diagnostics;

namespace Lifecycle.Data.Snapshots;

/// <summary>
/// Runs <c>npm ci</c>: installs exactly what a lock file pins, checks every package's integrity, and executes none of their
/// code. Tells apart what a retry may mend from what it cannot.
/// </summary>
/// <param name="executable">Name or path of npm.</param>
/// <param name="time">Clock of the progress reports.</param>
internal sealed class NpmCommand(string executable, TimeProvider time)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    private static readonly string[] LockFaults = ["EUSAGE", "EINTEGRITY", "ETARGET", "E404", "EJSONPARSE", "ENOLOCK"];

    /// <summary>Installs the packages pinned in <paramref name="folder"/> below its node_modules.</summary>
    /// <exception cref="PackageInstallException">npm is missing, or the registry was not reached.</exception>
    /// <exception cref="InvalidDataSourceException">The lock file is inconsistent, or a package is not what it pins.</exception>
    public async Task InstallAsync(string folder, string model, IProgress<string>? progress, CancellationToken cancellation)
    {
        using Process process = Start(folder);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            Task<string> complaints = process.StandardError.ReadToEndAsync(cancellation);
            await ReportUntilExitAsync(process, model, progress, cancellation);
            await output;
            if (process.ExitCode != 0)
            {
                throw Failure(model, process.ExitCode, await complaints);
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private Process Start(string folder)
    {
        ProcessStartInfo start = new(executable, ["ci", "--ignore-scripts", "--no-bin-links", "--no-audit", "--no-fund", "--prefer-offline", "--no-progress", "--loglevel=error"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception exception)
        {
            throw new PackageInstallException($"'{executable}' could not be started: {exception.Message}; install Node.js 20 or later, which brings npm", exception);
        }
    }

    private async Task ReportUntilExitAsync(Process process, string model, IProgress<string>? progress, CancellationToken cancellation)
    {
        long started = time.GetTimestamp();
        Task exit = process.WaitForExitAsync(cancellation);
        while (await Task.WhenAny(exit, Task.Delay(ReportInterval, time, cancellation)) != exit)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report($"installing the data packages of {model}, {time.GetElapsedTime(started).TotalSeconds:0} s");
        }

        await exit;
    }

    private static Exception Failure(string model, int exitCode, string complaints)
    {
        string[] lines = [.. complaints.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Take(6)];
        string said = lines.Length == 0 ? $"exit code {exitCode}" : string.Join(" / ", lines);
        return LockFaults.Any(fault => complaints.Contains($"code {fault}", StringComparison.Ordinal))
            ? new InvalidDataSourceException($"npm refused the lock file of model '{model}': {said}; run 'npm install' in the model's folder and commit package-lock.json")
            : new PackageInstallException($"npm could not install the data packages of model '{model}': {said}; check the connection to the package registry and try again");
    }
}
