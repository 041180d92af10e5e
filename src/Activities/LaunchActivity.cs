using Lifecycle.Activities.Stages;
using Lifecycle.Definitions;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Lifecycle.Activities;

/// <summary>Starts RetrainingRuns, one in flight for each model, each occasion once.</summary>
/// <param name="client">The engine that the worker polls.</param>
/// <param name="folders">Where the model definitions lie: a request for a model or DataSnapshot that is not there starts nothing.</param>
/// <param name="desk">Who asks, and whether anybody could approve it: what it refuses starts nothing either.</param>
public sealed class LaunchActivity(ITemporalClient client, StageFolders folders, RequestDesk desk) : ILaunchActivity
{
    /// <inheritdoc/>
    [Activity]
    public Task<LaunchResult> LaunchRetrainingAsync(RetrainingRequest request) => StageScope.RunAsync(async cancellation =>
        await EarlierAsync(request, cancellation) ?? await LaunchAsync(Checked(request), cancellation));

    private RetrainingRequest Checked(RetrainingRequest request)
    {
        ModelDefinition definition = new ModelCatalog(folders.Models).Read(request.Model).Definition;
        RequestedSnapshot.Of(definition, request.Snapshot);
        AskedFor asked = request.Asks(definition.Channel);
        desk.RequireApprovers(asked, desk.Judge(request.Trigger.Signed, asked, definition.Approval), definition.Approval, isRelease: true);
        return request;
    }

    // Only a repeated attempt may have an answer that was lost; the first one asks nothing of the engine.
    private async Task<LaunchResult?> EarlierAsync(RetrainingRequest request, CancellationToken cancellation)
    {
        ActivityInfo attempt = ActivityExecutionContext.Current.Info;
        return attempt.Attempt > 1 && request.Trigger.Id is { } occasion
            ? await new EarlierLaunches(client).FindAsync(request.Model, occasion, attempt.ScheduledTime, cancellation)
            : null;
    }

    private async Task<LaunchResult> LaunchAsync(RetrainingRequest request, CancellationToken cancellation)
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
    }
}
