using System.Text.Json;

namespace Lifecycle.Activities.Stages;

/// <summary>Where isolated activities run.</summary>
public interface IStageProcesses
{
    /// <summary>Runs one activity in a process of its own.</summary>
    /// <param name="call">Which activity, and its input.</param>
    /// <param name="progress">Told how far the activity is, from any thread.</param>
    /// <param name="cancellation">Ends the process at once.</param>
    /// <returns>The activity's result as JSON.</returns>
    /// <exception cref="Temporalio.Exceptions.ApplicationFailureException">The activity's failure, or what ended its process.</exception>
    Task<JsonElement> RunAsync(StageCall call, Action<string> progress, CancellationToken cancellation);
}

/// <summary>A call of an isolated activity.</summary>
/// <param name="Activity">Its name, as the engine knows it.</param>
/// <param name="Input">Its input, as in the history.</param>
public sealed record StageCall(string Activity, JsonElement Input)
{
    /// <summary>Which attempt it is, counted from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Who calls.</summary>
    public StageCaller? Caller { get; init; }

    /// <summary>How long the engine waits for it; null without end.</summary>
    public TimeSpan? TimeLimit { get; init; }
}
