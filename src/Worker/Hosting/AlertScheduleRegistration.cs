using Lifecycle.Workflows;
using Lifecycle.Workflows.Alerting;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Lifecycle.Worker.Hosting;

/// <summary>Makes sure that the rules over ages are evaluated every few minutes.</summary>
internal static class AlertScheduleRegistration
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>Creates the schedule unless it is there: an operator may pause or change it. Safe to call from many workers at once.</summary>
    public static async Task EnsureAsync(ITemporalClient client, CancellationToken cancellation)
    {
        ScheduleActionStartWorkflow action = ScheduleActionStartWorkflow.Create(
            (EvaluateAlertsWorkflow evaluation) => evaluation.RunAsync(),
            new(WorkflowIds.AlertEvaluation, TaskQueues.Lifecycle) { StaticSummary = "alert rules over ages" });
        Schedule schedule = new(action, new() { Intervals = [new(Interval)] })
        {
            // One late evaluation says all that ten would.
            Policy = new() { Overlap = Temporalio.Api.Enums.V1.ScheduleOverlapPolicy.Skip, CatchupWindow = Interval },
        };
        try
        {
            _ = await client.CreateScheduleAsync(WorkflowIds.AlertSchedule, schedule, new() { Rpc = new() { CancellationToken = cancellation } });
        }
        catch (ScheduleAlreadyRunningException)
        {
            return;
        }
    }
}
