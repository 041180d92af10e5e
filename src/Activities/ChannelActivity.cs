using Lifecycle.Activities.Stages;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Channels;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>What the keeper of a ReleaseChannel does to the store.</summary>
public sealed class ChannelActivity(ReleaseChannels channels) : IChannelActivity
{
    /// <inheritdoc/>
    [Activity]
    public Task<ChannelEntry> MoveChannelAsync(ChannelEntry entry) =>
        StageScope.RunAsync(async cancellation =>
    {
        await channels.MoveAsync(entry, cancellation);
        return entry;
    });
}
