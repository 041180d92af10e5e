using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Lifecycle.Worker.Stages.Confinement;

/// <summary>What the system can do for a process that .NET does not offer.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class UnixProcess
{
    private const int ParentDeathSignal = 1;
    private const int Sigkill = 9;
    private const int DuplicateClosedOnExec = 1030;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>Makes this process the leader of a session and group of its own: whatever it starts can be ended with it.</summary>
    public static void LeadGroup() => _ = SetSession();

    /// <summary>Lets the system end this process when its parent ends; ends it now if that has happened already.</summary>
    [SupportedOSPlatform("linux")]
    public static void EndWith(int parent)
    {
        if (ControlProcess(ParentDeathSignal, Sigkill, 0, 0, 0) != 0 || ParentId() != parent)
        {
            Environment.Exit(1);
        }
    }

    /// <summary>Ends a child, and everything in its group.</summary>
    /// <param name="leader">The child.</param>
    /// <param name="leaderIsGone">Whether it was waited for already, so that its number may be another's.</param>
    public static void EndGroup(int leader, bool leaderIsGone)
    {
        // Before it leads its group there is none of its number.
        if (Signal(-leader, Sigkill) != 0 && !leaderIsGone)
        {
            _ = Signal(leader, Sigkill);
        }
    }

    /// <summary>A copy of standard output for the caller alone; standard output itself becomes standard error.</summary>
    public static int TakeOutput()
    {
        int copy = OperatingSystem.IsLinux() ? ControlFile(StandardOutput, DuplicateClosedOnExec, StandardError + 1) : Duplicate(StandardOutput);
        if (copy < 0 || DuplicateTo(StandardError, StandardOutput) < 0)
        {
            throw new IOException($"the channel to the worker could not be kept: error {Marshal.GetLastPInvokeError()}");
        }

        return copy;
    }

    /// <summary>Makes this process another program; returns only if that cannot be done.</summary>
    /// <exception cref="IOException">The program cannot be run.</exception>
    public static void Become(string[] command)
    {
        nint[] arguments = [.. command.Select(Marshal.StringToCoTaskMemUTF8), 0];
        _ = Execute(command[0], arguments);
        throw new IOException($"'{command[0]}' cannot be run in a confined process: error {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "setsid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetSession();

    [LibraryImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int ControlProcess(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Signal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ControlFile(int file, int command, int argument);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int file);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DuplicateTo(int file, int wanted);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(string program, nint[] arguments);
}
