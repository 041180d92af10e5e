using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Contracts;

namespace Lifecycle.Workflows.Watching;

/// <summary>Input of a watch after promotion.</summary>
/// <param name="Entry">The version that was promoted.</param>
public sealed record PromotionWatchRequest(ChannelEntry Entry)
{
    /// <summary>How long a worker may stay silent before its call is given to another.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What the watch goes by, when it goes on in a new history; null at its beginning.</summary>
    public PromotionWatchPlan? Plan { get; init; }

    /// <summary>Looks of the histories before.</summary>
    public int Looks { get; init; }
}
