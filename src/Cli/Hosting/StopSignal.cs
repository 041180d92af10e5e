using System.Diagnostics;

namespace Lifecycle.Cli.Hosting;

/// <summary>Asks a process to end: SIGTERM, which it can follow in its own time; on Windows, which has none, it is ended.</summary>
internal static class StopSignal
{
    /// <summary>Asks; does not wait.</summary>
    public static void Send(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
            return;
        }

        using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }
}
