using System.Collections.Immutable;

namespace Lifecycle.Domain.Evaluation;

/// <summary>What a Challenger must show to be blessed. Every threshold fails closed: a missing or NaN measurement refuses.</summary>
public sealed record GatePolicy
{
    /// <summary>Slice whose balanced log loss decides; <c>all</c> is the whole Holdout.</summary>
    public string PrimarySlice { get; init; } = "all";

    /// <summary>Fewest rows of each class in the primary slice; fewer is Inconclusive.</summary>
    public int MinimumRowsPerClass { get; init; } = 100;

    /// <summary>
    /// Fewest clusters of each class in the primary slice; fewer is Inconclusive. Rows of one cluster are one piece of
    /// evidence, and a bootstrap over a handful of clusters knows too little of its own error.
    /// </summary>
    public int MinimumClustersPerClass { get; init; } = 30;

    /// <summary>How the Challenger must compare with the Champion.</summary>
    public ComparisonRule AgainstChampion { get; init; } = ComparisonRule.Superior;

    /// <summary>Share of the Champion's loss that a non-inferior Challenger may be worse by.</summary>
    public double NonInferiorityMargin { get; init; } = 0.02;

    /// <summary>Number of bootstrap samples.</summary>
    public int BootstrapSamples { get; init; } = 2000;

    /// <summary>Seed of the bootstrap, stored so that the verdict can be repeated.</summary>
    public int BootstrapSeed { get; init; } = 20240607;

    /// <summary>Lowest AUC on the primary slice.</summary>
    public double MinimumAreaUnderCurve { get; init; } = 0.6;

    /// <summary>Largest model file.</summary>
    public long MaximumModelBytes { get; init; } = 600_000;

    /// <summary>Slowest median single-row prediction, in microseconds.</summary>
    public double MaximumMedianMicroseconds { get; init; } = 1000;

    /// <summary>Largest difference of the exported graph's probability from the trained model's.</summary>
    public double MaximumParityDifference { get; init; } = 1e-5;

    /// <summary>Slices on which the Challenger may not be worse than the Champion by more than <see cref="SliceMargin"/>.</summary>
    public ImmutableArray<string> ProtectedSlices { get; init; } = [];

    /// <summary>Share of the Champion's loss on a protected slice that the upper bound of the difference may reach.</summary>
    public double SliceMargin { get; init; } = 0.05;
}

/// <summary>How the Challenger must compare with the Champion.</summary>
public enum ComparisonRule
{
    /// <summary>Better: the upper 95% bound of the loss difference is below zero.</summary>
    Superior,

    /// <summary>Not worse by more than the margin.</summary>
    NonInferior,
}
