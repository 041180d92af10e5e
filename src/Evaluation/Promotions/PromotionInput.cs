using System.Collections.Immutable;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Evaluation.Promotions;

/// <summary>What two Champions are compared by. The arrays of scores are as long as <see cref="Now"/>.</summary>
public sealed record PromotionInput
{
    /// <summary>Requests that the new Champion answered since its promotion.</summary>
    public required ImmutableArray<TrafficRow> Now { get; init; }

    /// <summary>Requests that the old Champion answered in its last period.</summary>
    public required ImmutableArray<TrafficRow> Before { get; init; }

    /// <summary>The new Champion's scores of <see cref="Now"/>, computed again; null where it refuses.</summary>
    public required ImmutableArray<float?> NewScores { get; init; }

    /// <summary>The old Champion's scores of the same inputs; null where it refuses.</summary>
    public required ImmutableArray<float?> OldScores { get; init; }

    /// <summary>Level of each figure.</summary>
    public required double Level { get; init; }
}
