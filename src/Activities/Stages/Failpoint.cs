namespace Lifecycle.Activities.Stages;

/// <summary>
/// Named places where a test holds a worker, to kill it or its engine exactly there. Off unless the variable
/// <c>LIFECYCLE_FAILPOINTS</c> names a folder; a place is armed by the file <c>&lt;activity&gt;.&lt;moment&gt;.armed</c> in it, which the
/// first worker that comes by renames to <c>.reached</c>, and waits until that file is gone.
/// </summary>
internal static class Failpoint
{
    /// <summary>Before the stage's work.</summary>
    public const string Before = "before";

    /// <summary>After all its effects, before the engine knows of them.</summary>
    public const string After = "after";

    private static readonly string? Folder = Environment.GetEnvironmentVariable("LIFECYCLE_FAILPOINTS");

    /// <summary>Passes the place, or is held there.</summary>
    public static async Task PassAsync(string activity, string moment, CancellationToken cancellation)
    {
        if (Folder is null || !TryReach(Path.Combine(Folder, $"{activity}.{moment}"), out string reached))
        {
            return;
        }

        while (File.Exists(reached))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }
    }

    private static bool TryReach(string place, out string reached)
    {
        reached = $"{place}.reached";
        try
        {
            File.Move($"{place}.armed", reached);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
