using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;

namespace Lifecycle.Domain.Training;

/// <summary>Result of stage Training: a model that wants to become Champion, in its trainer's own format.</summary>
/// <param name="NativeModel">The trained model as its library saves it.</param>
/// <param name="Ensemble">The trees and link read out of it, a JSON document that stage Export compiles.</param>
/// <param name="Trainer">The hyperparameters as used, with seed and threads.</param>
/// <param name="DriftBaseline">Distributions of the TrainingSet, for stage Watch.</param>
public sealed record Challenger(ArtifactRef NativeModel, ArtifactRef Ensemble, TrainerDefinition Trainer, DriftBaseline DriftBaseline);

/// <summary>How closely the exported graph reproduces the trained model, over every row of the Holdout.</summary>
/// <param name="RowCount">Rows compared.</param>
/// <param name="MaximumDifference">Largest absolute difference of the two probabilities.</param>
/// <param name="Tolerance">Difference above which the export is refused.</param>
public sealed record ParityReport(long RowCount, double MaximumDifference, double Tolerance)
{
    /// <summary>Whether the graph may ship. A NaN difference does not hold.</summary>
    public bool Holds => MaximumDifference <= Tolerance;
}

/// <summary>Result of stage Export: the one graph from raw text to calibrated probability, and the proof of its parity.</summary>
public sealed record OnnxModel(ArtifactRef Model, ParityReport Parity);
