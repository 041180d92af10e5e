using Lifecycle.Worker.Stages.Confinement;
using Microsoft.Win32.SafeHandles;

namespace Lifecycle.Worker.Stages;

/// <summary>The child's way to report: what was its standard output, kept for itself.</summary>
internal static class StageChannel
{
    /// <summary>Takes the channel; whatever else prints to standard output prints to standard error from now on.</summary>
    public static Stream Take()
    {
        Stream channel = OperatingSystem.IsWindows()
            ? Console.OpenStandardOutput()
            : new FileStream(new SafeFileHandle(UnixProcess.TakeOutput(), ownsHandle: true), FileAccess.Write, bufferSize: 0);
        Console.SetOut(Console.Error);
        return channel;
    }

    /// <summary>Ends this process and what it started, without a farewell.</summary>
    public static void EndProcess()
    {
        if (!OperatingSystem.IsWindows())
        {
            UnixProcess.EndGroup(Environment.ProcessId, leaderIsGone: false);
        }

        Environment.Exit(1);
    }
}
