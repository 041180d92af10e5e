using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Training;

namespace Lifecycle.Domain.Drift;

/// <summary>
/// A loss in the window beside the same loss at the baseline: of labelled rows, or an estimate. It is Inconclusive, and says
/// why, where its conditions do not hold; then the numbers must not be used.
/// </summary>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record LossChange
{
    /// <summary>Loss on the Champion's Holdout.</summary>
    public required double Baseline { get; init; }

    /// <summary>Loss in the window.</summary>
    public required double Window { get; init; }

    /// <summary>Relative change, <c>Window / Baseline − 1</c>.</summary>
    public required double Change { get; init; }

    /// <summary>Lower 95% bound of <see cref="Change"/>.</summary>
    public required double Lower { get; init; }

    /// <summary>Upper 95% bound of <see cref="Change"/>.</summary>
    public required double Upper { get; init; }

    /// <summary>Rows it was measured on.</summary>
    public required long RowCount { get; init; }

    /// <summary>Why it cannot be relied on; null when it can.</summary>
    public string? Inconclusive { get; init; }
}

/// <summary>What happened to the loss, as far as labels and estimates tell.</summary>
public sealed record LossEvidence
{
    /// <summary>On rows whose labels have come; null without labels.</summary>
    public LossChange? Labelled { get; init; }

    /// <summary>The same on slices, by name; protected slices decide on their own.</summary>
    public ImmutableSortedDictionary<string, LossChange> Slices { get; init; } = ImmutableSortedDictionary<string, LossChange>.Empty;

    /// <summary>Holdout rows weighted to look like the window. Sees covariate shift, never concept drift.</summary>
    public LossChange? Weighted { get; init; }

    /// <summary>From calibrated predictions alone (CBPE). Sees neither concept drift nor unseen regions.</summary>
    public LossChange? Estimated { get; init; }

    /// <summary>The labelled change split in two; null without labels.</summary>
    public LossDecomposition? Decomposition { get; init; }
}

/// <summary>
/// Δloss = Σ(q−p)ℓ + Σq(ℓ'−ℓ) over strata: the part that comes from other rows (covariate shift), and the part that comes
/// from other answers to like rows (concept drift).
/// </summary>
/// <param name="Mix">The part of the mix.</param>
/// <param name="Concept">The part of the concept.</param>
/// <param name="Strata">The strata behind it.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record LossDecomposition(double Mix, double Concept, ImmutableArray<LossStratum> Strata);

/// <summary>One stratum of the decomposition.</summary>
/// <param name="Name">Such as <c>unseen, com</c>.</param>
/// <param name="BaselineShare">Its share at the baseline, p.</param>
/// <param name="WindowShare">Its share in the window, q.</param>
/// <param name="BaselineLoss">Its loss at the baseline, ℓ.</param>
/// <param name="WindowLoss">Its loss in the window, ℓ'.</param>
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed record LossStratum(string Name, double BaselineShare, double WindowShare, double BaselineLoss, double WindowLoss);
