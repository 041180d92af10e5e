using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Channels;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Lifecycle.Activities;

/// <summary>Stage 10, Promotion: asks the keeper of the ReleaseChannel.</summary>
public sealed class PromotionActivity(ITemporalClient client, ReleaseChannels channels) : IPromotionActivity
{
    /// <inheritdoc/>
    [Activity]
    public Task<ChannelEntry?> ReadChannelAsync(ChannelName channel) =>
        StageScope.RunAsync(cancellation => channels.ReadAsync(channel.Model, channel.Channel, cancellation));

    /// <inheritdoc/>
    [Activity]
    public Task<ChannelEntry> RequestPromotionAsync(ChannelEntry entry) => StageScope.RunAsync(cancellation =>
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
    });
}
