using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Stage 10, Promotion: what a RetrainingRun asks of its ReleaseChannel.</summary>
public interface IPromotionActivity
{
    /// <summary>The live version of a ReleaseChannel; null when it is empty.</summary>
    [Activity]
    Task<ChannelEntry?> ReadChannelAsync(ChannelName channel);

    /// <summary>
    /// Asks the channel's keeper to move it, starting the keeper when there is none; waits until it moved. Fails with
    /// <see cref="FailureTypes.ChannelMoved"/>.
    /// </summary>
    [Activity]
    Task<ChannelEntry> RequestPromotionAsync(ChannelEntry entry);
}

/// <summary>A ReleaseChannel of a model.</summary>
public sealed record ChannelName(string Model, string Channel);
