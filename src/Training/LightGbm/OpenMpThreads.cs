using System.Runtime.InteropServices;

namespace Lifecycle.Training.LightGbm;

/// <summary>
/// Lets LightGBM's threads sleep at their barriers. GNU OpenMP's default is to spin, which on a machine with other work
/// costs more than the fit itself: with four busy processes on two cores it took 14–21 s instead of 8–11 s.
/// </summary>
internal static partial class OpenMpThreads
{
    private const int KeepExisting = 0;

    /// <summary>
    /// Must come before LightGBM is loaded: OpenMP reads its environment once. .NET's own variables do not reach native
    /// code on Linux, so the C library is asked. A value that is already there is kept.
    /// </summary>
    public static void SleepAtBarriers()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetEnvironment("OMP_WAIT_POLICY", "passive", KeepExisting);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
