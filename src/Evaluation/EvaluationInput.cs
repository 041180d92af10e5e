using Lifecycle.Domain.Evaluation;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation;

/// <summary>Everything an evaluation looks at: rows, and the predictions of up to three models for these same rows.</summary>
public sealed record EvaluationInput
{
    /// <summary>The rows to judge on.</summary>
    public required HoldoutColumns Holdout { get; init; }

    /// <summary>The Challenger's predictions, made with the ONNX file that ships.</summary>
    public required ScoredModel Challenger { get; init; }

    /// <summary>The Champion's predictions; null only when the ReleaseChannel is empty.</summary>
    public ScoredModel? Champion { get; init; }

    /// <summary>The ReferenceModel's predictions, see <see cref="LookupReference"/>.</summary>
    public required ScoredModel Reference { get; init; }

    /// <summary>Size of the Challenger's ONNX file.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>Single-row prediction time of the Challenger's ONNX file, measured on this worker.</summary>
    public required LatencyReport Latency { get; init; }

    /// <summary>Largest difference of the ONNX file from the trained model, from stage Export.</summary>
    public required double ParityDifference { get; init; }

    /// <summary>Where the number of bootstrap samples and their seed are read.</summary>
    public required GatePolicy Policy { get; init; }
}
