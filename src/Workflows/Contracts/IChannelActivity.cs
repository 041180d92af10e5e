using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>What the keeper of a ReleaseChannel does to the store.</summary>
public interface IChannelActivity
{
    /// <summary>
    /// Writes the version into the history and moves the pointer by compare-and-swap. Idempotent for the same entry; fails
    /// with <see cref="FailureTypes.ChannelMoved"/> when another version took its place.
    /// </summary>
    [Activity]
    Task<ChannelEntry> MoveChannelAsync(ChannelEntry entry);
}
