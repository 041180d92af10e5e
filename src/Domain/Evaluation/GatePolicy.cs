using System.Collections.Immutable;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Evaluation;

/// <summary>What a Challenger must show to be blessed. Every threshold fails closed: a missing or NaN measurement refuses.</summary>
public sealed record GatePolicy
{
    /// <summary>
    /// The loss that decides, such as <c>absolute</c>, <c>pinball(0.9)</c> or <c>logLoss</c>; null takes the target's: balancedLogLoss for
    /// classes, absolute for numbers.
    /// </summary>
    public string? Loss { get; init; }

    /// <summary>Slice whose loss decides; <c>all</c> is the whole Holdout.</summary>
    public string PrimarySlice { get; init; } = "all";

    /// <summary>Fewest rows of each class in the primary slice, or of all where labels are numbers; fewer is Inconclusive.</summary>
    public int MinimumRowsPerClass { get; init; } = 100;

    /// <summary>
    /// Fewest clusters of each class in the primary slice, or of all where labels are numbers; fewer is Inconclusive. Rows of one cluster are one piece of
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

    /// <summary>
    /// Largest mean of the deciding loss on the primary slice, in the loss's own unit, whatever the others lose; null asks nothing. It is
    /// what a first model is held to beside the ReferenceModel.
    /// </summary>
    public double? MaximumLoss { get; init; }

    /// <summary>Lowest AUC on the primary slice, for models of two classes.</summary>
    public double MinimumAreaUnderCurve { get; init; } = 0.6;

    /// <summary>
    /// How far answers may be off on the whole: the mean prediction from the mean label, as a share of it (of the labels' standard deviation
    /// where labels are negative too), or the share of labels below the prediction from the quantile's level.
    /// </summary>
    public double MaximumBias { get; init; } = 0.02;

    /// <summary>Smallest ratio of mean prediction to mean label in a bin of predictions, unless the bin's interval holds the prediction.</summary>
    public double MinimumCalibrationRatio { get; init; } = 0.8;

    /// <summary>Largest ratio of mean prediction to mean label in a bin of predictions, unless the bin's interval holds the prediction.</summary>
    public double MaximumCalibrationRatio { get; init; } = 1.25;

    /// <summary>How often one Holdout may be asked about a model; after that it is known too well, and the verdict Inconclusive.</summary>
    public int MaximumHoldoutUses { get; init; } = 10;

    /// <summary>Most that 95% of the answers may differ from the Champion's; null asks nothing.</summary>
    public double? MaximumAnswerShift { get; init; }

    /// <summary>Largest share of rows whose likeliest class may differ from the Champion's; null asks nothing.</summary>
    public double? MaximumDecisionsChanged { get; init; }

    /// <summary>Largest model file.</summary>
    public long MaximumModelBytes { get; init; } = 600_000;

    /// <summary>Slowest median single-row prediction, in microseconds.</summary>
    public double MaximumMedianMicroseconds { get; init; } = 1000;

    /// <summary>Largest difference of the exported graph's answers from the trained model's; null, the default, takes what stage Export lets pass for the model's link.</summary>
    public double? MaximumParityDifference { get; init; }

    /// <summary>Slices on which the Challenger may not be worse than the Champion by more than <see cref="SliceMargin"/>.</summary>
    public ImmutableArray<string> ProtectedSlices { get; init; } = [];

    /// <summary>
    /// Slices besides the primary one on which the Challenger has to be better than the Champion, or than the ReferenceModel where there is no
    /// Champion. The p-values are adjusted for their number (Holm 1979).
    /// </summary>
    public ImmutableArray<string> SuperiorSlices { get; init; } = [];

    /// <summary>Share of the Champion's loss on a protected slice that the upper bound of the difference may reach.</summary>
    public double SliceMargin { get; init; } = 0.05;

    /// <summary>Largest difference from the trained model that a report's graph may have.</summary>
    public double ParityLimit(EvaluationReport report) => MaximumParityDifference ?? report.ParityTolerance ?? EvaluationReport.ToleranceBefore;

    /// <summary>The loss that decides about models of a target.</summary>
    /// <exception cref="FormatException"><see cref="Loss"/> is no loss; the message says what is expected.</exception>
    public Losses.Loss LossFor(Target target) => Loss is { } text ? Losses.Loss.Parse(text) : Losses.Loss.DefaultFor(target);
}

/// <summary>How the Challenger must compare with the Champion.</summary>
public enum ComparisonRule
{
    /// <summary>Better: the upper 95% bound of the loss difference is below zero.</summary>
    Superior,

    /// <summary>Not worse by more than the margin.</summary>
    NonInferior,
}
