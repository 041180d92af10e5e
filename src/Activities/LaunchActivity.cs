using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Lifecycle.Activities;

/// <summary>Starts RetrainingRuns, one in flight for each model.</summary>
/// <param name="client">The engine that the worker polls.</param>
public sealed class LaunchActivity(ITemporalClient client) : ILaunchActivity
{
    /// <inheritdoc/>
    [Activity]
    public Task<LaunchResult> LaunchRetrainingAsync(RetrainingRequest request) => StageScope.RunAsync(async cancellation =>
    {
        // Signal-with-start is one atomic step of the engine: the trigger reaches the run, whoever started it.
        RpcOptions rpc = new() { CancellationToken = cancellation };
        WorkflowOptions options = new(WorkflowIds.Retraining(request.Model), TaskQueues.Lifecycle)
        {
            IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
            IdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate,
            StaticSummary = $"retraining of {request.Model}",
            Rpc = rpc,
        };
        options.SignalWithStart((RetrainingWorkflow run) => run.AddTriggerAsync(request.Trigger));
        var started = await client.StartWorkflowAsync((RetrainingWorkflow run) => run.RunAsync(request), options);
        return new LaunchResult(started.Id, started.ResultRunId ?? (await started.DescribeAsync(new() { Rpc = rpc })).RunId);
    });
}
