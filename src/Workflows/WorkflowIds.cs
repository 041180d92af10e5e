using System.Diagnostics.CodeAnalysis;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Sensors;

namespace Lifecycle.Workflows;

/// <summary>What an id says of a workflow that release engineers decide about.</summary>
/// <param name="Kind">What it would do.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Channel">The ReleaseChannel; null where the id does not name it.</param>
public sealed record DecidedWorkflow(RequestKind Kind, string Model, string? Channel);

/// <summary>Workflow ids: fixed by what they guard, so that the engine itself keeps a second one from starting.</summary>
public static class WorkflowIds
{
    /// <summary>The RetrainingRun of a model; one in flight at most.</summary>
    public static string Retraining(string model) => $"retrain/{model}";

    /// <summary>A look at a model's traffic that a person asked for; a schedule names its own.</summary>
    public static string Watch(string model, string request) => $"watch/{model}/{request}";

    /// <summary>What somebody told a webhook sensor; the same content told again while it is worked on is the same.</summary>
    public static string Arrival(string model, DataArrival arrival) => $"arrived/{model}/{arrival.Sensor}/{arrival.Digest}";

    /// <summary>The keeper of a ReleaseChannel.</summary>
    public static string Channel(string model, string channel) => $"channel/{model}/{channel}";

    /// <summary>The rollback of a ReleaseChannel; one in flight at most.</summary>
    public static string Rollback(string model, string channel) => $"rollback/{model}/{channel}";

    /// <summary>The cold start of a model; one in flight at most.</summary>
    public static string ColdStart(string model) => $"cold-start/{model}";

    /// <summary>Reads the id of a workflow that release engineers decide about; false for every other.</summary>
    public static bool TryParse(string id, [NotNullWhen(true)] out DecidedWorkflow? decided)
    {
        decided = id.Split('/') switch
        {
            ["retrain", { Length: > 0 } model] => new DecidedWorkflow(RequestKind.Retrain, model, Channel: null),
            ["cold-start", { Length: > 0 } model] => new DecidedWorkflow(RequestKind.ColdStart, model, Channel: null),
            ["rollback", { Length: > 0 } model, { Length: > 0 } channel] => new DecidedWorkflow(RequestKind.Rollback, model, channel),
            _ => null,
        };
        return decided is not null;
    }

    /// <summary>The keeper of the alerts; one a namespace.</summary>
    public const string Alerts = "alerts";

    /// <summary>The schedule that has the alert rules over ages evaluated.</summary>
    public const string AlertSchedule = "lifecycle-alerts";

    /// <summary>An evaluation of the alert rules over ages.</summary>
    public const string AlertEvaluation = "alerts/evaluation";

    /// <summary>A batch scoring; the same key is the same batch.</summary>
    public static string Scoring(string model, string key) => $"score/{model}/{key}";

    /// <summary>The backtest of a model; one in flight at most.</summary>
    public static string Backtest(string model) => $"backtest/{model}";

    /// <summary>The watch of a promoted version.</summary>
    public static string PromotionWatch(string model, string channel, long version) => $"promotion-watch/{model}/{channel}/{version}";
}
