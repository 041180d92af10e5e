using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Converters;

namespace Lifecycle.Client.Runs;

/// <summary>What a workflow was begun with: whoever joins one that is in flight sees whether it is what he asks for.</summary>
public static class BegunRequest
{
    /// <summary>The input of a workflow, out of its history.</summary>
    public static async Task<T> ReadAsync<T>(WorkflowHandle workflow, CancellationToken cancellation)
    {
        HistoryEvent first = await workflow.FetchHistoryEventsAsync(new() { Rpc = new() { CancellationToken = cancellation } }).FirstAsync(cancellation);
        return await workflow.Client.Options.DataConverter.ToValueAsync<T>(first.WorkflowExecutionStartedEventAttributes.Input.Payloads_[0]);
    }
}
