using System.Collections.Immutable;
using Lifecycle.Domain.Alerts;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>What watches and the keeper of the alerts do to the world.</summary>
public interface IAlertActivity
{
    /// <summary>
    /// Tells the alerts what a watch has found: records the observation for metrics and for the rule <c>decisionLate</c>,
    /// evaluates the rules over it, and raises what fires. Idempotent for the same observation.
    /// </summary>
    [Activity]
    Task<AlertsReported> ReportWatchAsync(WatchObservation observation);

    /// <summary>Hands a batch to the keeper, starting it when there is none. Idempotent for the same batch.</summary>
    [Activity]
    Task<AlertsReported> ReportAlertsAsync(AlertBatch batch);

    /// <summary>Evaluates the rules over ages: how long runs wait for Approvals, how late schedules are, and so on.</summary>
    [Activity]
    Task<AlertEvaluation> EvaluateAlertRulesAsync(AlertEvaluationInput input);

    /// <summary>Takes batches into the durable state and makes the messages that are due, in one write. Safe to repeat.</summary>
    [Activity]
    Task<AlertStep> AdvanceAlertsAsync(AlertStepInput input);

    /// <summary>Sends one message to one receiver and notes that it arrived. A repeat sends it at most once more, with the same id.</summary>
    [Activity]
    Task<AlertDelivery> DeliverAlertAsync(AlertDelivery delivery);
}

/// <summary>How many alerts a batch had.</summary>
public sealed record AlertsReported(string Source, int Count);

/// <summary>Input of the rules' evaluation.</summary>
/// <param name="Now">The workflow's time, so that a retry judges the same.</param>
public sealed record AlertEvaluationInput(DateTimeOffset Now);

/// <summary>What the rules over ages found.</summary>
/// <param name="Batch">Everything that fires.</param>
/// <param name="IsNews">Whether that differs from what is known to fire.</param>
public sealed record AlertEvaluation(AlertBatch Batch, bool IsNews);

/// <summary>Input of a step of the keeper.</summary>
/// <param name="Now">The workflow's time.</param>
public sealed record AlertStepInput(DateTimeOffset Now)
{
    /// <summary>What sources said since the last step.</summary>
    public ImmutableArray<AlertBatch> Batches { get; init; } = [];
}

/// <summary>What is to do after a step.</summary>
public sealed record AlertStep
{
    /// <summary>Messages on their way, oldest first.</summary>
    public ImmutableArray<AlertDelivery> Deliveries { get; init; } = [];

    /// <summary>When the next step is due by the clock alone; null when nothing waits.</summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>How many groups there are, for people who look at the keeper.</summary>
    public int GroupCount { get; init; }
}

/// <summary>A message on its way to a receiver.</summary>
/// <param name="MessageId">Id of the message, which lies in the durable state.</param>
/// <param name="Receiver">Name of the receiver.</param>
public sealed record AlertDelivery(string MessageId, string Receiver);
