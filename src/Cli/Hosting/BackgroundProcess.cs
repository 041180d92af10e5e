using System.Diagnostics;
using Lifecycle.Cli.Failures;
using Lifecycle.Client.Homes;

namespace Lifecycle.Cli.Hosting;

/// <summary>Starts this program again, detached from the terminal, with its output in a log file.</summary>
public static class BackgroundProcess
{
    /// <summary>The log of a home's background process.</summary>
    public static string LogPath(HomeFolder home) => Path.Combine(Directory.CreateDirectory(home.Logs).FullName, "lifecycle.log");

    /// <summary>Starts <c>lifecycle</c> with <paramref name="arguments"/>.</summary>
    public static Process Start(string log, params IReadOnlyList<string> arguments)
    {
        // A shell redirects and execs, so that no pipe of ours ties the child to this process.
        ProcessStartInfo start = new("/bin/sh") { UseShellExecute = false };
        // Its own session, where there is setsid: Ctrl-C in this terminal is not meant for it.
        string[] command =
        [
            "-c", "log=$1; shift; if command -v setsid >/dev/null; then set -- setsid \"$@\"; fi; exec \"$@\" >\"$log\" 2>&1 </dev/null",
            "sh", log, .. Self(), .. arguments,
        ];
        foreach (string argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new CommandException(ExitCodes.Unavailable, "the background process did not start");
    }

    /// <summary>How to start this very program: its runtime and its file.</summary>
    public static string[] Self()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Lifecycle.Cli.dll");
        string host = Environment.ProcessPath ?? "dotnet";
        return Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, program] : ["dotnet", program];
    }
}
