using System.Globalization;
using Lifecycle.Client.Connections;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Client.Watching;

/// <summary>
/// Asks the engine for the RetrainingRun that a decision's reason reached. The journal learns of a run only with the decision
/// after it; the engine forgets runs when their retention is over. So both are asked, and neither must answer.
/// </summary>
public static class ReachedRun
{
    private static readonly TimeSpan QueryLimit = TimeSpan.FromSeconds(5);

    /// <summary>The run id; null when the decision asked for no run, no run of the engine has its reason, or no engine answers.</summary>
    public static async Task<string?> FindAsync(Connection connection, DriftDecision decision, CancellationToken cancellation)
    {
        if (decision.Verdict != DriftVerdict.Retrain)
        {
            return null;
        }

        try
        {
            return await FindAsync(await connection.ConnectAsync(cancellation), decision, cancellation);
        }
        catch (Exception silent) when (silent is ClientException { Kind: ClientFailure.Unavailable } or RpcException && !cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>The run id; null when no run of the engine has the decision's reason.</summary>
    public static async Task<string?> FindAsync(ITemporalClient client, DriftDecision decision, CancellationToken cancellation)
    {
        await foreach (string run in CandidatesAsync(client, decision, new() { CancellationToken = cancellation }))
        {
            if (await CarriesAsync(client, WorkflowIds.Retraining(decision.Model), run, decision.Id, cancellation))
            {
                return run;
            }
        }

        return null;
    }

    // Lists may lag behind; the latest run is asked for by its id, which does not. A run that was closed when the decision was
    // made cannot have its reason.
    private static async IAsyncEnumerable<string> CandidatesAsync(ITemporalClient client, DriftDecision decision, RpcOptions rpc)
    {
        string id = WorkflowIds.Retraining(decision.Model);
        string? latest = await LatestAsync(client, id, rpc);
        if (latest is not null)
        {
            yield return latest;
        }

        string moment = decision.DecidedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string query = $"WorkflowId = '{id}' AND (CloseTime >= '{moment}' OR ExecutionStatus = 'Running')";
        await foreach (WorkflowExecution run in client.ListWorkflowsAsync(query, new() { Rpc = rpc }))
        {
            if (run.RunId != latest)
            {
                yield return run.RunId;
            }
        }
    }

    private static async Task<string?> LatestAsync(ITemporalClient client, string id, RpcOptions rpc)
    {
        try
        {
            return (await client.GetWorkflowHandle(id).DescribeAsync(new() { Rpc = rpc })).RunId;
        }
        catch (RpcException missing) when (missing.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }

    private static async Task<bool> CarriesAsync(ITemporalClient client, string id, string run, string decision, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(QueryLimit);
        try
        {
            RetrainingState state = await client.GetWorkflowHandle<RetrainingWorkflow>(id, run)
                .QueryAsync(workflow => workflow.State, new() { Rpc = new() { CancellationToken = limit.Token } });
            return state.Triggers.Any(trigger => trigger.Id == decision);
        }
        catch (Exception silent) when (silent is RpcException or WorkflowQueryFailedException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
