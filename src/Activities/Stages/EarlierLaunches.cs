using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Activities.Stages;

/// <summary>
/// Finds the RetrainingRun that an earlier attempt of a launch reached before its answer was lost. What a run was told
/// stands in its history from the first moment, also when no worker answers queries and after it failed.
/// </summary>
/// <param name="client">The engine of the runs.</param>
internal sealed class EarlierLaunches(ITemporalClient client)
{
    private static readonly string SignalName = WorkflowSignalDefinition
        .FromMethod(typeof(RetrainingWorkflow).GetMethod(nameof(RetrainingWorkflow.AddTriggerAsync))!).Name!;

    /// <summary>The run of <paramref name="model"/> that carries the trigger; null when none does.</summary>
    /// <param name="model">The model.</param>
    /// <param name="triggerId">Identity of the occasion.</param>
    /// <param name="since">When the first attempt began: runs that were closed before cannot carry it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<LaunchResult?> FindAsync(string model, string triggerId, DateTime since, CancellationToken cancellation)
    {
        string id = WorkflowIds.Retraining(model);
        await foreach (string runId in CandidatesAsync(id, since, cancellation))
        {
            if (await CarriesAsync(client.GetWorkflowHandle(id, runId), triggerId, cancellation))
            {
                return new LaunchResult(id, runId);
            }
        }

        return null;
    }

    /// <summary>Identities of the occasions that a run was told of, in their order, each once.</summary>
    public async Task<ImmutableArray<string>> TriggersOfAsync(WorkflowHandle run, CancellationToken cancellation)
    {
        List<string> told = [];
        await foreach (HistoryEvent happened in run.FetchHistoryEventsAsync(new() { Rpc = new() { CancellationToken = cancellation } }))
        {
            if (await TriggerOfAsync(happened) is { Id: { } id } && !told.Contains(id))
            {
                told.Add(id);
            }
        }

        return [.. told];
    }

    // Lists may lag behind; the latest run is asked for by its id, which does not.
    private async IAsyncEnumerable<string> CandidatesAsync(
        string id, DateTime since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        RpcOptions rpc = new() { CancellationToken = cancellation };
        string? latest = await LatestAsync(id, rpc);
        if (latest is not null)
        {
            yield return latest;
        }

        string moment = since.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string query = $"WorkflowId = '{id.Replace("'", "''", StringComparison.Ordinal)}' AND (CloseTime >= '{moment}' OR ExecutionStatus = 'Running')";
        await foreach (Temporalio.Client.WorkflowExecution run in client.ListWorkflowsAsync(query, new() { Rpc = rpc }))
        {
            if (run.RunId != latest)
            {
                yield return run.RunId;
            }
        }
    }

    private async Task<string?> LatestAsync(string id, RpcOptions rpc)
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

    private async Task<bool> CarriesAsync(WorkflowHandle run, string triggerId, CancellationToken cancellation)
    {
        await foreach (HistoryEvent happened in run.FetchHistoryEventsAsync(new() { Rpc = new() { CancellationToken = cancellation } }))
        {
            if (await TriggerOfAsync(happened) is { Id: { } told } && told == triggerId)
            {
                return true;
            }
        }

        return false;
    }

    private async Task<TriggerReason?> TriggerOfAsync(HistoryEvent happened) => happened.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.WorkflowExecutionStartedEventAttributes =>
            (await ReadAsync<RetrainingRequest>(happened.WorkflowExecutionStartedEventAttributes.Input))?.Trigger,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionSignaledEventAttributes
            when happened.WorkflowExecutionSignaledEventAttributes.SignalName == SignalName =>
            await ReadAsync<TriggerReason>(happened.WorkflowExecutionSignaledEventAttributes.Input),
        _ => null,
    };

    // Whoever starts a run by hand may send anything; what is no request carries no trigger.
    private async Task<T?> ReadAsync<T>(Payloads? input)
        where T : class
    {
        try
        {
            return input is { Payloads_: [var payload, ..] } ? await client.Options.DataConverter.ToValueAsync<T>(payload) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
