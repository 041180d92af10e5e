using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Sensors;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Sensing;

/// <summary>
/// One look at a model's sensors: what is new is claimed in the sensors' records and launched, once for each content,
/// through the launcher's activity. A launch that cannot be is given back, so that the next look tries again.
/// </summary>
[Workflow]
public sealed class DataSensorWorkflow
{
    private readonly StageActivities calls = new(TimeSpan.FromSeconds(30));

    /// <summary>Looks, and launches what is new.</summary>
    [WorkflowRun]
    public async Task<SensorSighting> RunAsync(DataSensorRequest request)
    {
        Workflow.UpsertTypedSearchAttributes(
            LifecycleSearchAttributes.Model.ValueSet(request.Model), LifecycleSearchAttributes.Trigger.ValueSet(nameof(TriggerKind.Data)));
        SensorSighting sighting = await Workflow.ExecuteActivityAsync(
            (ISensorActivity activity) => activity.SenseAsync(request), calls.Medium($"look at the sensors of {request.Model}"));
        for (int launched = 0; launched < sighting.Claimed.Length; launched++)
        {
            try
            {
                await LaunchAsync(request, sighting.Sensors.Single(record => record.Sensor == sighting.Claimed[launched]));
            }
            catch (ActivityFailureException)
            {
                SensorClaims open = new(request.Model, sighting.Claimed[launched..]);
                await Workflow.ExecuteActivityAsync(
                    (ISensorActivity activity) => activity.ReleaseClaimsAsync(open), calls.Medium($"give back what {request.Model} could not launch"));
                throw;
            }
        }

        return sighting;
    }

    private Task<LaunchResult> LaunchAsync(DataSensorRequest request, SensorRecord record)
    {
        RetrainingRequest launch = new()
        {
            Model = request.Model,
            Snapshot = request.Arrival?.Snapshot,
            Trigger = new()
            {
                Kind = TriggerKind.Data,
                RequestedBy = $"sensor {request.Model}/{record.Sensor}",
                Note = $"new data, digest {record.Digest}",
                Id = $"data/{record.Sensor}/{record.Digest}",
            },
        };
        return Workflow.ExecuteActivityAsync(
            (ILaunchActivity activity) => activity.LaunchRetrainingAsync(launch), calls.Short($"launch {WorkflowIds.Retraining(request.Model)}"));
    }
}
