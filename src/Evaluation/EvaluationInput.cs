using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation;

/// <summary>Everything an evaluation looks at: rows, and the answers of up to three models for these same rows.</summary>
public sealed record EvaluationInput
{
    /// <summary>What is predicted.</summary>
    public required Target Target { get; init; }

    /// <summary>The rows to judge on; what the models read of them is not looked at.</summary>
    public required RowSet Holdout { get; init; }

    /// <summary>The Challenger's answers, made with the ONNX file that ships.</summary>
    public required ScoredModel Challenger { get; init; }

    /// <summary>The Challenger's intervals; null where it gives none.</summary>
    public ScoredIntervals? Intervals { get; init; }

    /// <summary>The Champion's answers; null only when the ReleaseChannel is empty, or when it is <see cref="Incomparable"/>.</summary>
    public ScoredModel? Champion { get; init; }

    /// <summary>Why the Champion cannot answer these rows, in a sentence's end; null where it can.</summary>
    public string? Incomparable { get; init; }

    /// <summary>The ReferenceModel's answers, see <see cref="References.ReferenceModel"/>.</summary>
    public required ScoredModel Reference { get; init; }

    /// <summary>Size of the Challenger's ONNX file.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>Single-row prediction time of the Challenger's ONNX file, measured on this worker.</summary>
    public required LatencyReport Latency { get; init; }

    /// <summary>Largest difference of the ONNX file from the trained model, from stage Export.</summary>
    public required double ParityDifference { get; init; }

    /// <summary>What stage Export lets pass; null takes the tolerance of probabilities.</summary>
    public double? ParityTolerance { get; init; }

    /// <summary>Where the deciding loss, the primary slice, and the number of bootstrap samples and their seed are read.</summary>
    public required GatePolicy Policy { get; init; }
}
