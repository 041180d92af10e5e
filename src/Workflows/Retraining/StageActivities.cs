using Lifecycle.Domain.Runs;
using Temporalio.Common;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Retraining;

/// <summary>
/// How a RetrainingRun calls its stages: which queue, how long, and how often. Bad input and defects
/// (<see cref="FailureTypes"/>) are not retried; anything else, a store that is down for an hour among it, is retried with
/// back-off until it works or a person cancels the run.
/// </summary>
internal sealed class StageActivities(RetrainingRequest request)
{
    private static readonly RetryPolicy Retries = new()
    {
        InitialInterval = TimeSpan.FromSeconds(1),
        BackoffCoefficient = 2,
        MaximumInterval = TimeSpan.FromSeconds(30),
        NonRetryableErrorTypes =
        [
            FailureTypes.InvalidModelDefinition, FailureTypes.InvalidData, FailureTypes.ArtifactCorrupted,
            FailureTypes.ParityBroken, FailureTypes.DecisionRefused, FailureTypes.ChannelMoved,
            FailureTypes.PublicationConflict,
        ],
    };

    /// <summary>A call that ends within seconds.</summary>
    public static ActivityOptions Short(string summary) => new()
    {
        TaskQueue = TaskQueues.Lifecycle,
        StartToCloseTimeout = TimeSpan.FromMinutes(1),
        RetryPolicy = Retries,
        Summary = summary,
    };

    /// <summary>A data or training stage.</summary>
    public ActivityOptions Long(string summary) => new()
    {
        TaskQueue = TaskQueues.Training,
        StartToCloseTimeout = TimeSpan.FromHours(6),
        HeartbeatTimeout = request.HeartbeatTimeout,
        RetryPolicy = Retries,
        Summary = summary,
    };

    /// <summary>The move of a ReleaseChannel.</summary>
    public static ActivityOptions Move(string summary) => new()
    {
        TaskQueue = TaskQueues.Publish,
        StartToCloseTimeout = TimeSpan.FromMinutes(1),
        RetryPolicy = Retries,
        Summary = summary,
    };

    /// <summary>A stage that needs the publisher's key or waits for the ReleaseChannel.</summary>
    public ActivityOptions Publish(string summary) => new()
    {
        TaskQueue = TaskQueues.Publish,
        StartToCloseTimeout = TimeSpan.FromMinutes(10),
        HeartbeatTimeout = request.HeartbeatTimeout,
        RetryPolicy = Retries,
        Summary = summary,
    };
}
