using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Activities.Stages;

/// <summary>Asks the engine what is known of a model's RetrainingRuns.</summary>
/// <param name="client">The engine.</param>
internal sealed class RunFactsReader(ITemporalClient client)
{
    /// <summary>Reads the newest run of the model.</summary>
    /// <param name="live">The live version.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<RunFacts> ReadAsync(ChannelEntry live, CancellationToken cancellation)
    {
        RpcOptions rpc = new() { CancellationToken = cancellation };
        var newest = client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(WorkflowIds.Retraining(live.Model));
        RunFacts facts = new() { PromotedAt = live.MovedAt };
        try
        {
            WorkflowExecutionDescription run = await newest.DescribeAsync(new() { Rpc = rpc });
            return run.Status == WorkflowExecutionStatus.Running
                ? facts with { InFlight = true, RunId = run.RunId }
                : facts with { Ended = await EndedAsync(client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(run.Id, run.RunId), run.RunId, rpc) };
        }
        catch (RpcException none) when (none.Code == RpcException.StatusCode.NotFound)
        {
            return facts;
        }
    }

    private async Task<EndedRun> EndedAsync(WorkflowHandle<RetrainingWorkflow, RetrainingState> run, string runId, RpcOptions rpc)
    {
        try
        {
            RetrainingState state = await run.GetResultAsync(followRuns: false, rpcOptions: rpc);
            return new EndedRun { RunId = runId, Outcome = state.Outcome, TriggerIds = [.. state.Triggers.Select(trigger => trigger.Id).OfType<string>()] };
        }
        catch (WorkflowFailedException)
        {
            // It failed, was cancelled or terminated, and has no state to return; what it was told stands in its history.
            return new EndedRun { RunId = runId, TriggerIds = await new EarlierLaunches(client).TriggersOfAsync(run, rpc.CancellationToken ?? default) };
        }
    }
}
