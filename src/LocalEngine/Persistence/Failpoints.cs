using System.Diagnostics;

namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// Places at which a test lets the engine die as if its power were cut: the process ends on the spot, without flushing
/// anything. The environment variable LIFECYCLE_ENGINE_FAILPOINT names one as <c>name</c> or <c>name:n</c>, meaning its
/// n-th passing. Without the variable a failpoint does nothing.
/// </summary>
internal static class Failpoints
{
    public const string BeforeCommit = "before-commit";
    public const string AfterCommit = "after-commit";

    private static readonly string[] Armed = (Environment.GetEnvironmentVariable("LIFECYCLE_ENGINE_FAILPOINT") ?? "").Split(':');
    private static int remaining = Armed.Length > 1 ? int.Parse(Armed[1], System.Globalization.CultureInfo.InvariantCulture) : 1;

    public static void Pass(string name)
    {
        if (Armed[0] == name && Interlocked.Decrement(ref remaining) == 0)
        {
            Process.GetCurrentProcess().Kill();
            Thread.Sleep(Timeout.Infinite);
        }
    }
}
