using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Evaluation;

/// <summary>A model's measurements, by slice; <c>all</c> is the whole Holdout.</summary>
/// <param name="ModelDigest">SHA-256 of the ONNX file; for the ReferenceModel a description instead.</param>
/// <param name="Slices">Measurements by slice name.</param>
public sealed record ModelMetrics(string ModelDigest, ImmutableSortedDictionary<string, SliceMetrics> Slices)
{
    /// <summary>Name of the slice that is the whole Holdout; it is always there and cannot be defined.</summary>
    public const string WholeHoldout = "all";
}

/// <summary>Single-row prediction time of the ONNX file, in microseconds. A property of the machine: never part of a digest-compared document.</summary>
public sealed record LatencyReport(int Rows, double MedianMicroseconds, double P99Microseconds);

/// <summary>
/// Result of stage Evaluation: what the ONNX file that ships does on the Holdout, with Champion and ReferenceModel on the
/// same rows.
/// </summary>
public sealed record EvaluationReport
{
    /// <summary>The one tolerance of the time before <see cref="ParityTolerance"/>.</summary>
    public const double ToleranceBefore = 1e-5;

    /// <summary>
    /// The loss that decides, see <see cref="Losses.Loss"/>; null in reports from the time when it was always the balanced log loss, which
    /// the gate judges by the rules of that time.
    /// </summary>
    public string? Loss { get; init; }

    /// <summary>The same, read; null where it is none that this version knows.</summary>
    [JsonIgnore]
    public Losses.Loss? DecidingLoss => Losses.Loss.TryParse(LossText, out Losses.Loss? loss, out _) ? loss : null;

    /// <summary>The same in words, such as <c>balanced log loss</c>.</summary>
    [JsonIgnore]
    public string LossTitle => DecidingLoss?.Title ?? LossText;

    /// <summary>Predictions below this counted as this, so that no deviance is infinite; null where there was no such floor.</summary>
    public double? PredictionFloor { get; init; }

    /// <summary>The classes, as the target orders them; empty where labels are numbers.</summary>
    public ImmutableArray<string> Classes { get; init; } = ["0", "1"];

    /// <summary>Unit of answers and labels; null where there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>What the answers decide; null where the target names no rule.</summary>
    public DecisionRule? Decision { get; init; }

    /// <summary>The figures of each model and slice, in the order in which people read them.</summary>
    public ImmutableArray<Figure> Figures { get; init; } = Figure.OfTwoClasses;

    /// <summary>The Challenger's measurements.</summary>
    public required ModelMetrics Challenger { get; init; }

    /// <summary>The Champion's on the same rows; null when the ReleaseChannel is empty, or when it is <see cref="Incomparable"/>.</summary>
    public ModelMetrics? Champion { get; init; }

    /// <summary>Why there is a Champion that cannot answer these rows, in a sentence's end, such as a column that it reads and they lack; null where it can.</summary>
    public string? Incomparable { get; init; }

    /// <summary>The ReferenceModel's on the same rows.</summary>
    public required ModelMetrics Reference { get; init; }

    /// <summary>Paired comparisons, by other model and slice.</summary>
    public ImmutableArray<PairedComparison> Comparisons { get; init; } = [];

    /// <summary>How the Challenger's answers agree with the labels of the primary slice, for each class or once; empty where the loss asks for none.</summary>
    public ImmutableArray<CalibrationEvidence> Calibration { get; init; } = [];

    /// <summary>How much the Challenger's answers differ from the Champion's; null without a Champion.</summary>
    public ChurnEvidence? Churn { get; init; }

    /// <summary>What became of the Challenger's intervals; null where it gives none.</summary>
    public IntervalEvidence? Intervals { get; init; }

    /// <summary>How often this Holdout was asked about this model, this time included; null where nobody counted.</summary>
    public int? HoldoutUses { get; init; }

    /// <summary>What a random split of the same rows says; null where nobody asked. The gate does not look at it.</summary>
    public RandomSplit? RandomSplit { get; init; }

    /// <summary>
    /// Why nothing was measured against labels, in a sentence: then there are no slices and no comparisons, and
    /// <see cref="Gate"/> refuses. Null, and left out of JSON, for everything that was measured.
    /// </summary>
    public string? Unmeasured { get; init; }

    /// <summary>Size of the ONNX file.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>Single-row prediction time on the worker.</summary>
    public required LatencyReport Latency { get; init; }

    /// <summary>Parity of the export, repeated here for the gate.</summary>
    public required double ParityDifference { get; init; }

    internal string LossText => Loss ?? "balancedLogLoss";

    /// <summary>Difference that stage Export lets pass for the model's link; null in reports from before links had tolerances of their own.</summary>
    public double? ParityTolerance { get; init; }

    /// <summary>The full report as JSON with the calibration and gain curves, without machine-dependent figures.</summary>
    public ArtifactRef? Document { get; init; }

    /// <summary>The report as a self-contained HTML page.</summary>
    public ArtifactRef? Page { get; init; }
}
