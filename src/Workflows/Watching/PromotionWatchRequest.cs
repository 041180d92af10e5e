using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Workflows.Watching;

/// <summary>Input of a watch after promotion.</summary>
/// <param name="Entry">The version that was promoted.</param>
public sealed record PromotionWatchRequest(ChannelEntry Entry)
{
    /// <summary>How long a worker may stay silent before its call is given to another.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where the watch stood, when it goes on in a new history; null at its beginning.</summary>
    public PromotionWatchState? State { get; init; }
}
