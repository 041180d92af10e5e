using System.Globalization;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Training;

namespace Lifecycle.ModelFigures;

/// <summary>What was measured on one DataSnapshot of a model.</summary>
/// <param name="Snapshot">The DataSnapshot's identifier.</param>
/// <param name="TrainingRows">Rows of the TrainingSet.</param>
/// <param name="Features">Length of the feature vector.</param>
/// <param name="FitTime">Fitting the featurizer.</param>
/// <param name="TrainingTime">Computing features and growing the trees.</param>
/// <param name="TrainingProcessorTime">The same on all processors, which tells the work on a busy machine.</param>
/// <param name="ModelBytes">Size of model.onnx.</param>
/// <param name="ModelSha256">Digest of model.onnx.</param>
/// <param name="Parity">Native model against model.onnx on the Holdout.</param>
/// <param name="Latency">One row at a time.</param>
/// <param name="RowsPerSecond">The whole Holdout in batches, on one thread.</param>
internal sealed record SnapshotFigures(
    string Snapshot,
    int TrainingRows,
    int Features,
    TimeSpan FitTime,
    TimeSpan TrainingTime,
    TimeSpan TrainingProcessorTime,
    int ModelBytes,
    string ModelSha256,
    ParityReport Parity,
    LatencyReport Latency,
    double RowsPerSecond)
{
    /// <summary>Heading of the Markdown table whose rows <see cref="ToTableRow"/> makes.</summary>
    public const string Heading = """
        | snapshot | training rows | features | fit | train | train, CPU | model.onnx | holdout rows | parity | p50 | p99 | batch | SHA-256 |
        |---|---|---|---|---|---|---|---|---|---|---|---|---|
        """;

    public string ToTableRow() => string.Create(CultureInfo.InvariantCulture, $"""
        | {Snapshot} | {TrainingRows:N0} | {Features:N0} | {FitTime.TotalSeconds:F1} s | {TrainingTime.TotalSeconds:F1} s | {TrainingProcessorTime.TotalSeconds:F1} s | {ModelBytes / 1000.0:F0} kB | {Parity.RowCount:N0} | {Parity.MaximumDifference:0.0e-0}{(Parity.Holds ? "" : " BROKEN")} | {Latency.MedianMicroseconds:F0} µs | {Latency.P99Microseconds:F0} µs | {RowsPerSecond:N0}/s | {ModelSha256[..12]} |
        """);
}
