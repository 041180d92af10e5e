namespace Lifecycle.EndToEnd.Tests.Kills;

/// <summary>
/// Who is killed when, for tests that kill at every step. What has had its effects while the engine does not know of them is
/// the case that breaks programs, so it is always tried; the variable <c>LIFECYCLE_KILLS=all</c> adds the others.
/// </summary>
public static class KillRows
{
    private const string Worker = "worker";
    private const string Engine = "engine";
    private const string Before = "before";
    private const string After = "after";

    private static readonly bool IsWhole = Environment.GetEnvironmentVariable("LIFECYCLE_KILLS") == "all";

    /// <summary>The worker; with the variable also before each step's work, and the engine.</summary>
    public static TheoryData<string, string> OfWorker() => IsWhole ? All() : new() { { Worker, After } };

    /// <summary>The worker and the engine; with the variable also before each step's work.</summary>
    public static TheoryData<string, string> OfBoth() => IsWhole ? All() : new() { { Worker, After }, { Engine, After } };

    private static TheoryData<string, string> All() => new() { { Worker, Before }, { Worker, After }, { Engine, After } };
}
