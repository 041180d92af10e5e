using System.Collections.Immutable;
using Lifecycle.Domain.Alerts;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Alerting;

/// <summary>
/// Keeper of the alerts, one a namespace: takes what sources say, one step at a time, and sees that messages arrive. The
/// durable truth is the blob of <see cref="AlertState"/>; the keeper holds only batches that no step has taken yet, and waits
/// by the clock only while something fires or is on its way.
/// </summary>
[Workflow]
public sealed class AlertWorkflow
{
    private const int BatchesInAStep = 8;
    private static readonly TimeSpan DeliveryLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DeliveryPause = TimeSpan.FromMinutes(2);
    private readonly StageActivities activities = new(heartbeatTimeout: TimeSpan.FromSeconds(10));
    private readonly Queue<AlertBatch> waiting = new();

    /// <summary>Takes steps, for as long as the namespace exists.</summary>
    [WorkflowRun]
    public async Task RunAsync()
    {
        while (true)
        {
            AlertStep step = await StepAsync();
            bool isComplete = await DeliverAsync(step.Deliveries);
            if (waiting.Count > 0)
            {
                continue;
            }

            if (Workflow.ContinueAsNewSuggested && Workflow.AllHandlersFinished)
            {
                throw Workflow.CreateContinueAsNewException((AlertWorkflow keeper) => keeper.RunAsync());
            }

            await WaitAsync(step.NextDueAt, isComplete);
        }
    }

    /// <summary>Takes what a source says. The same batch twice is one.</summary>
    [WorkflowSignal]
    public Task ReportAsync(AlertBatch batch)
    {
        waiting.Enqueue(batch);
        return Task.CompletedTask;
    }

    private async Task<AlertStep> StepAsync()
    {
        ImmutableArray<AlertBatch> batches = [.. waiting.Take(BatchesInAStep)];
        for (int taken = 0; taken < batches.Length; taken++)
        {
            waiting.Dequeue();
        }

        AlertStepInput input = new(Workflow.UtcNow) { Batches = batches };
        AlertStep step = await Workflow.ExecuteActivityAsync(
            (IAlertActivity activity) => activity.AdvanceAlertsAsync(input), activities.Short($"{batches.Length} batches"));
        Workflow.CurrentDetails = $"### alerts\n\n{step.GroupCount} groups, {step.Deliveries.Length} messages on their way";
        return step;
    }

    // A receiver that is down holds up neither the others nor, for longer than the limit, the next step.
    private async Task<bool> DeliverAsync(ImmutableArray<AlertDelivery> deliveries)
    {
        bool[] arrived = await Workflow.WhenAllAsync(
            deliveries.GroupBy(delivery => delivery.Receiver).OrderBy(receiver => receiver.Key, StringComparer.Ordinal).Select(DeliverInOrderAsync));
        return arrived.All(isThere => isThere);
    }

    private async Task<bool> DeliverInOrderAsync(IEnumerable<AlertDelivery> deliveries)
    {
        foreach (AlertDelivery delivery in deliveries)
        {
            ActivityOptions options = activities.Short($"to {delivery.Receiver}");
            options.ScheduleToCloseTimeout = DeliveryLimit;
            try
            {
                await Workflow.ExecuteActivityAsync((IAlertActivity activity) => activity.DeliverAlertAsync(delivery), options);
            }
            catch (ActivityFailureException failure) when (!TemporalException.IsCanceledException(failure))
            {
                // It stays in the outbox and is tried again; later messages of the receiver keep their place behind it.
                return false;
            }
        }

        return true;
    }

    private async Task WaitAsync(DateTimeOffset? nextDueAt, bool isComplete)
    {
        DateTimeOffset now = Workflow.UtcNow;
        DateTimeOffset? wakeAt = isComplete ? nextDueAt : Earliest(nextDueAt, now + DeliveryPause);
        bool IsCalled() => waiting.Count > 0 || Workflow.ContinueAsNewSuggested;
        if (wakeAt is not { } at)
        {
            await Workflow.WaitConditionAsync(IsCalled);
        }
        else if (at > now)
        {
            await Workflow.WaitConditionAsync(IsCalled, at - now);
        }
    }

    private static DateTimeOffset Earliest(DateTimeOffset? one, DateTimeOffset other) => one < other ? one.Value : other;
}
