using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Watching;

/// <summary>
/// One look at a live model's traffic: every window that is closed and not yet decided about is measured, decided about
/// once, and acted upon. Short: what is remembered between looks is in the journal of decisions, never in a workflow, so that
/// two looks at once, or a look that was killed and begun again, decide nothing twice.
/// </summary>
[Workflow]
public sealed class DriftWatchWorkflow
{
    // A look that has much to catch up on continues as new after so many windows.
    private const int WindowsAtOnce = 31;

    private ImmutableArray<WatchedWindow> windows = [];

    /// <summary>The windows judged so far.</summary>
    [WorkflowQuery]
    public ImmutableArray<WatchedWindow> Windows => windows;

    /// <summary>Looks.</summary>
    [WorkflowRun]
    public async Task<DriftWatchResult> RunAsync(DriftWatchRequest request)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Model.ValueSet(request.Model));
        StageActivities calls = new(request.HeartbeatTimeout);
        RunDefinition definition = await Workflow.ExecuteActivityAsync(
            (IDefinitionActivity activity) => activity.ReadDefinitionAsync(new() { Model = request.Model, IsForWatching = true }), calls.Short("read the model definition"));
        WatchPlanInput planned = new(definition, Workflow.UtcNow, WindowsAtOnce);
        WatchPlan plan = await Workflow.ExecuteActivityAsync(
            (IWatchActivity activity) => activity.PlanWatchAsync(planned), calls.Short("find the windows that are due"));
        if (plan.Live is null)
        {
            return new DriftWatchResult(request.Model, $"nothing is live on {definition.Channel}: there is nothing to watch", []);
        }

        if (plan.Unwatched is { } reason)
        {
            return new DriftWatchResult(request.Model, reason, []);
        }

        foreach (DueWindow due in plan.Windows)
        {
            windows = windows.Add(await new WatchStep(definition, plan.Live, calls).JudgeAsync(due));
            Workflow.CurrentDetails = WatchDetails.Of(request.Model, windows, plan.PassedOverCount);
        }

        return plan.RemainingCount > 0
            ? throw Workflow.CreateContinueAsNewException((DriftWatchWorkflow watch) => watch.RunAsync(request))
            : new DriftWatchResult(request.Model, WatchDetails.Note(windows, plan.PassedOverCount), windows)
            {
                PassedOver = plan.PassedOver, PassedOverCount = plan.PassedOverCount,
            };
    }
}
