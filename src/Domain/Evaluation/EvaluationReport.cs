using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;

namespace Lifecycle.Domain.Evaluation;

/// <summary>Measurements of one model on one slice of the Holdout. A slice without rows is not measured at all.</summary>
/// <param name="RowCount">Rows of the slice.</param>
/// <param name="PositiveCount">Rows with label 1.</param>
/// <param name="BalancedLogLoss">Mean of the two classes' mean log losses, in nats; of the one class where there is only one.</param>
/// <param name="LogLoss">Mean log loss, in nats.</param>
/// <param name="AreaUnderCurve">Area under the ROC curve; null where there is only one class.</param>
/// <param name="AveragePrecision">Area under the precision-recall curve, as average precision; null where there is only one class.</param>
/// <param name="CalibrationError">
/// Expected calibration error over equal-mass bins, after correction for the slice's label rate; null where there is only
/// one class.
/// </param>
public sealed record SliceMetrics(
    long RowCount,
    long PositiveCount,
    double BalancedLogLoss,
    double LogLoss,
    double? AreaUnderCurve,
    double? AveragePrecision,
    double? CalibrationError);

/// <summary>A model's measurements, by slice; <c>all</c> is the whole Holdout.</summary>
/// <param name="ModelDigest">SHA-256 of the ONNX file; for the ReferenceModel a description instead.</param>
/// <param name="Slices">Measurements by slice name.</param>
public sealed record ModelMetrics(string ModelDigest, ImmutableSortedDictionary<string, SliceMetrics> Slices);

/// <summary>
/// Paired comparison on one slice: the difference of balanced log losses, Challenger minus the other, over the same rows,
/// with a cluster-bootstrap interval. Negative is better.
/// </summary>
/// <param name="Against"><see cref="AgainstChampion"/> or <see cref="AgainstReference"/>.</param>
/// <param name="Slice">Slice name.</param>
/// <param name="Difference">Measured difference, in nats.</param>
/// <param name="Lower">Lower bound of the two-sided 95% interval.</param>
/// <param name="Upper">Upper bound of the two-sided 95% interval.</param>
/// <param name="OtherLoss">The other model's balanced log loss on the slice.</param>
/// <param name="PositiveClusters">Clusters with a row of label 1 in the slice: what the interval rests on, not the rows.</param>
/// <param name="NegativeClusters">Clusters with a row of label 0 in the slice.</param>
public sealed record PairedComparison(
    string Against,
    string Slice,
    double Difference,
    double Lower,
    double Upper,
    double OtherLoss,
    int PositiveClusters,
    int NegativeClusters)
{
    /// <summary>Value of <see cref="Against"/> for comparisons with the Champion.</summary>
    public const string AgainstChampion = "champion";

    /// <summary>Value of <see cref="Against"/> for comparisons with the ReferenceModel.</summary>
    public const string AgainstReference = "reference";
}

/// <summary>Single-row prediction time of the ONNX file, in microseconds. A property of the machine: never part of a digest-compared document.</summary>
public sealed record LatencyReport(int Rows, double MedianMicroseconds, double P99Microseconds);

/// <summary>
/// Result of stage Evaluation: what the ONNX file that ships does on the Holdout, with Champion and ReferenceModel on the
/// same rows.
/// </summary>
public sealed record EvaluationReport
{
    /// <summary>The Challenger's measurements.</summary>
    public required ModelMetrics Challenger { get; init; }

    /// <summary>The Champion's on the same rows; null when the ReleaseChannel is empty.</summary>
    public ModelMetrics? Champion { get; init; }

    /// <summary>The ReferenceModel's on the same rows.</summary>
    public required ModelMetrics Reference { get; init; }

    /// <summary>Paired comparisons, by other model and slice.</summary>
    public ImmutableArray<PairedComparison> Comparisons { get; init; } = [];

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

    /// <summary>The full report as JSON with the calibration and gain curves, without machine-dependent figures.</summary>
    public ArtifactRef? Document { get; init; }

    /// <summary>The report as a self-contained HTML page.</summary>
    public ArtifactRef? Page { get; init; }
}
