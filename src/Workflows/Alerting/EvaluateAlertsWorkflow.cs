using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Alerting;

/// <summary>One evaluation of the rules over ages, started by a schedule. Tells the keeper only when something changed.</summary>
[Workflow]
public sealed class EvaluateAlertsWorkflow
{
    private readonly StageActivities activities = new(heartbeatTimeout: TimeSpan.FromSeconds(10));

    /// <summary>Evaluates once; answers how many alerts fire.</summary>
    [WorkflowRun]
    public async Task<AlertsReported> RunAsync()
    {
        AlertEvaluationInput input = new(Workflow.UtcNow);
        AlertEvaluation evaluation = await Workflow.ExecuteActivityAsync(
            (IAlertActivity activity) => activity.EvaluateAlertRulesAsync(input), activities.Short("rules over ages"));
        return evaluation.IsNews
            ? await Workflow.ExecuteActivityAsync((IAlertActivity activity) => activity.ReportAlertsAsync(evaluation.Batch), activities.Short("tell the keeper"))
            : new AlertsReported(evaluation.Batch.Source, evaluation.Batch.Firing.Length);
    }
}
