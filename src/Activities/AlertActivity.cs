using Lifecycle.Activities.Alerts;
using Lifecycle.Activities.Stages;
using Lifecycle.Alerting.State;
using Lifecycle.Domain.Alerts;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Alerting;
using Lifecycle.Workflows.Contracts;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Lifecycle.Activities;

/// <summary>What watches and the keeper of the alerts do to the world.</summary>
/// <param name="client">The engine that the worker polls.</param>
/// <param name="parts">State, facts, policy and senders.</param>
public sealed class AlertActivity(ITemporalClient client, AlertParts parts) : IAlertActivity
{
    private readonly AlertStore alerts = parts.Store;

    /// <inheritdoc/>
    [Activity]
    public Task<AlertsReported> ReportWatchAsync(WatchObservation observation) => StageScope.RunAsync(async cancellation =>
    {
        WatchObservation cut = observation.Cut();
        await alerts.RecordAsync(cut, cancellation);
        Decisions.Count(cut);
        return await ReportAsync(AlertRules.Evaluate(parts.File.Read().Policy.Rules, cut), cancellation);
    });

    /// <inheritdoc/>
    [Activity]
    public Task<AlertsReported> ReportAlertsAsync(AlertBatch batch) => StageScope.RunAsync(cancellation => ReportAsync(batch, cancellation));

    /// <inheritdoc/>
    [Activity]
    public Task<AlertEvaluation> EvaluateAlertRulesAsync(AlertEvaluationInput input) => StageScope.RunAsync(async cancellation =>
    {
        AlertFacts facts = await parts.Facts.ReadAsync(input.Now, cancellation);
        if (facts.PolicyDefect is { } defect)
        {
            ActivityExecutionContext.Current.Logger.LogWarning("The alert rules are older than their file says: {Defect}", defect.Message);
        }

        AlertBatch batch = AlertRules.Evaluate(parts.File.Read().Policy.Rules, facts);
        AlertState state = await alerts.ReadAsync(cancellation);
        return new AlertEvaluation(batch, !state.FiringOf(batch.Source).SetEquals(batch.Firing.Select(alert => alert.Fingerprint)));
    });

    /// <inheritdoc/>
    [Activity]
    public Task<AlertStep> AdvanceAlertsAsync(AlertStepInput input) => StageScope.RunAsync(async cancellation =>
    {
        AlertPolicy policy = parts.File.Read().Policy;
        AlertState state = await alerts.ChangeAsync(known => AlertGroups.Advance(known, policy, input.Batches, input.Now), cancellation);
        return new AlertStep
        {
            Deliveries = [.. state.Outbox.SelectMany(entry => entry.Receivers.Select(receiver => new AlertDelivery(entry.Message.Id, receiver)))],
            NextDueAt = state.NextDueAt,
            GroupCount = state.Groups.Count,
        };
    });

    /// <inheritdoc/>
    [Activity]
    public Task<AlertDelivery> DeliverAlertAsync(AlertDelivery delivery) => StageScope.RunAsync(async cancellation =>
    {
        AlertState state = await alerts.ReadAsync(cancellation);
        AlertMessage? message = state.Outbox
            .FirstOrDefault(entry => entry.Message.Id == delivery.MessageId && entry.Receivers.Contains(delivery.Receiver))?.Message;
        if (message is not null)
        {
            await alerts.KeepAsync(message, cancellation);

            // A receiver that the operator has taken out of alerts.yaml meanwhile is owed nothing.
            await (parts.Senders.Find(delivery.Receiver)?.SendAsync(message, cancellation) ?? Task.CompletedTask);
            await alerts.ChangeAsync(known => known.Delivered(delivery.MessageId, delivery.Receiver), cancellation);
        }

        return delivery;
    });

    private async Task<AlertsReported> ReportAsync(AlertBatch batch, CancellationToken cancellation)
    {
        if (batch.Problem is { } problem)
        {
            throw new InvalidRequestException(problem);
        }

        // Signal-with-start is one atomic step of the engine: the batch reaches the keeper, whoever started it.
        AlertBatch cut = batch.Cut();
        WorkflowOptions options = new(WorkflowIds.Alerts, TaskQueues.Lifecycle)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
            IdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate,
            StaticSummary = "keeper of the alerts",
            Rpc = new() { CancellationToken = cancellation },
        };
        options.SignalWithStart((AlertWorkflow keeper) => keeper.ReportAsync(cut));
        await client.StartWorkflowAsync((AlertWorkflow keeper) => keeper.RunAsync(), options);
        return new AlertsReported(cut.Source, cut.Firing.Length);
    }
}
