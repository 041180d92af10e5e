using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Promotions;

/// <summary>How a watch after promotion ended.</summary>
public enum PromotionWatchOutcome
{
    /// <summary>Its time is up.</summary>
    Elapsed,

    /// <summary>No measured version was live before: there is nothing to compare with, and nothing to go back to.</summary>
    NothingBefore,

    /// <summary>Another version is live.</summary>
    MovedOn,

    /// <summary>Harm was shown, and a rollback asked for.</summary>
    RollbackRequested,
}

/// <summary>Where a watch after promotion stands: the answer of its <c>state</c> query, and, once closed, its result.</summary>
public sealed record PromotionWatchState
{
    /// <summary>The watched version.</summary>
    public required ChannelEntry Entry { get; init; }

    /// <summary>The version before it; null when it is the first.</summary>
    public ChannelEntry? Previous { get; init; }

    /// <summary>The policy; null before it was read.</summary>
    public PromotionWatchPolicy? Policy { get; init; }

    /// <summary>Looks so far.</summary>
    public int Looks { get; init; }

    /// <summary>The last look; null before the first.</summary>
    public PromotionReport? Report { get; init; }

    /// <summary>The last look's document.</summary>
    public ArtifactRef? Document { get; init; }

    /// <summary>Whether people were asked about shifted predictions, which happens once.</summary>
    public bool HasAskedAboutShift { get; init; }

    /// <summary>How it ended; null while it goes on.</summary>
    public PromotionWatchOutcome? Outcome { get; init; }

    /// <summary>Why, in a sentence; empty while it goes on.</summary>
    public string Reason { get; init; } = "";
}
