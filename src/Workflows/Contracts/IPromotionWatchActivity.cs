using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>What a watch after promotion asks of the log, the channel and the store.</summary>
public interface IPromotionWatchActivity
{
    /// <summary>Reads the policy and the version before, once for the whole watch.</summary>
    [Activity]
    Task<PromotionWatchPlan> OpenPromotionWatchAsync(ChannelEntry entry);

    /// <summary>Compares both Champions on what was logged, judges, and keeps the report as an artifact.</summary>
    [Activity]
    Task<PromotionLookResult> ComparePromotionAsync(PromotionLook look);
}

/// <summary>What a watch goes by.</summary>
/// <param name="Policy">The policy of the model definition when the watch began.</param>
/// <param name="Previous">The version before; null when the watched one is the first.</param>
public sealed record PromotionWatchPlan(PromotionWatchPolicy Policy, ChannelEntry? Previous);

/// <summary>Input of a look.</summary>
/// <param name="Entry">The watched version.</param>
/// <param name="Previous">The version before.</param>
/// <param name="Policy">The policy of the watch.</param>
/// <param name="Now">The moment: what was known before it counts, so that a retry sees the same.</param>
public sealed record PromotionLook(ChannelEntry Entry, ChannelEntry Previous, PromotionWatchPolicy Policy, DateTimeOffset Now);

/// <summary>Outcome of a look.</summary>
/// <param name="LiveVersion">The version that is live.</param>
/// <param name="Report">The report; null when another version is live.</param>
/// <param name="Document">The report's document; null when another version is live.</param>
public sealed record PromotionLookResult(long LiveVersion, PromotionReport? Report, ArtifactRef? Document);
