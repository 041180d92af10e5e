using System.Collections.Immutable;

namespace Lifecycle.Domain.Promotions;

/// <summary>What a look at a new Champion says.</summary>
public enum PromotionVerdict
{
    /// <summary>There is traffic enough, and every figure that was measured is within its bound.</summary>
    Healthy,

    /// <summary>Too little is known: few rows, or an effect above its bound that chance may explain.</summary>
    Inconclusive,

    /// <summary>A bound is passed, beyond what chance explains.</summary>
    Breached,
}

/// <summary>
/// One look at a new Champion against the one before: evidence of a rollback, kept as an artifact. Format:
/// docs/formats/promotion-report.md.
/// </summary>
public sealed record PromotionReport
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The ReleaseChannel.</summary>
    public required string Channel { get; init; }

    /// <summary>The watched version.</summary>
    public required long Version { get; init; }

    /// <summary>Release digest of its Publication.</summary>
    public required string ReleaseDigest { get; init; }

    /// <summary>The version before it, with which it is compared.</summary>
    public required long PreviousVersion { get; init; }

    /// <summary>When it was promoted: the first moment whose traffic counts.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The moment of the look: rows known before it count.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Requests that the new Champion answered.</summary>
    public required long RowCount { get; init; }

    /// <summary>Of these, rows whose label is known.</summary>
    public required long LabelledCount { get; init; }

    /// <summary>The loss that both are compared by, as definitions write it; null in reports from before there were others, where it is the log loss.</summary>
    public string? Loss { get; init; }

    /// <summary>What was measured; empty where there was no traffic.</summary>
    public ImmutableArray<PromotionFigure> Figures { get; init; } = [];

    /// <summary>The verdict.</summary>
    public PromotionVerdict Verdict { get; init; } = PromotionVerdict.Inconclusive;

    /// <summary>Why, a sentence for each figure that decided.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];
}
