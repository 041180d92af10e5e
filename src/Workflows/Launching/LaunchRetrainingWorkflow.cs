using Lifecycle.Domain.Runs;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Launching;

/// <summary>
/// The one door through which every trigger starts a RetrainingRun: by hand, calendar, drift, performance or new data. It exists
/// because a schedule appends a time to the ids it starts, so that a run started straight from one would not deduplicate.
/// </summary>
[Workflow]
public sealed class LaunchRetrainingWorkflow
{
    /// <summary>Starts the model's run, or adds the trigger to the one in flight.</summary>
    [WorkflowRun]
    public Task<LaunchResult> RunAsync(RetrainingRequest request)
    {
        Workflow.UpsertTypedSearchAttributes(
            LifecycleSearchAttributes.Model.ValueSet(request.Model),
            LifecycleSearchAttributes.Trigger.ValueSet(request.Trigger.Kind.ToString()));
        RetrainingRequest identified = request with { Trigger = Identified(request.Trigger) };
        return Workflow.ExecuteActivityAsync(
            (ILaunchActivity activity) => activity.LaunchRetrainingAsync(identified),
            new StageActivities(request.HeartbeatTimeout).Short($"launch {WorkflowIds.Retraining(request.Model)}"));
    }

    // This workflow is the occasion, and its id says which: a schedule appends the nominal time to the ids it starts.
    private static TriggerReason Identified(TriggerReason trigger) =>
        trigger with { Id = trigger.Id ?? Workflow.Info.WorkflowId };
}
