namespace Lifecycle.Activities.Stages;

/// <summary>
/// How far the stage at hand is, in a few words for people. What a stage tells goes with the worker's next heartbeat to the engine, from a
/// child process by way of its reports, and is what whoever follows the run is told beside the stage's name.
/// </summary>
public static class ProgressReports
{
    private static readonly AsyncLocal<Action<string>?> Listener = new();

    /// <summary>Tells whoever listens to the stage at hand; may be called from any thread afterwards.</summary>
    public static Action<string> Teller => Listener.Value ?? (static _ => { });

    /// <summary>Listens to the stage that this flow runs from now on.</summary>
    public static void Listen(Action<string> listener) => Listener.Value = listener;
}
