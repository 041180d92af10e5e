using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;
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
    public Task<ChannelEntry> RequestPromotionAsync(ChannelEntry entry) =>
        StageScope.RunAsync(cancellation => client.MoveChannelAsync(entry, cancellation));
}
