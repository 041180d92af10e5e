using Lifecycle.Domain.Releases;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Channels;
using Lifecycle.Workflows.Contracts;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Lifecycle.Activities.Stages;

/// <summary>How everything that moves a ReleaseChannel asks its keeper.</summary>
internal static class ChannelKeeper
{
    /// <summary>Asks the keeper to move to <paramref name="entry"/>, starting it when there is none; waits until it moved.</summary>
    public static Task<ChannelEntry> MoveChannelAsync(this ITemporalClient client, ChannelEntry entry, CancellationToken cancellation)
    {
        // One atomic step of the engine starts the keeper if there is none; the update's id makes a retry the same request.
        RpcOptions rpc = new() { CancellationToken = cancellation };
        ChannelName channel = new(entry.Model, entry.Channel);
        var start = WithStartWorkflowOperation.Create(
            (ChannelWorkflow keeper) => keeper.RunAsync(channel),
            new(WorkflowIds.Channel(entry.Model, entry.Channel), TaskQueues.Lifecycle)
            {
                IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
                StaticSummary = $"keeper of {entry.Channel} for {entry.Model}",
            });
        return client.ExecuteUpdateWithStartWorkflowAsync(
            (ChannelWorkflow keeper) => keeper.MoveAsync(entry),
            new(start) { Id = $"version-{entry.Version}-{entry.Publication.ReleaseDigest}", Rpc = rpc });
    }
}
