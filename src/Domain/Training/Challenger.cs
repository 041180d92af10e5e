using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;

namespace Lifecycle.Domain.Training;

/// <summary>Result of stage Training: a model that wants to become Champion, in its trainer's own format.</summary>
/// <param name="NativeModel">The trained model as its library saves it.</param>
/// <param name="Ensemble">The fragment (such as trees) and link read out of it, a JSON document that stage Export compiles.</param>
/// <param name="Trainer">The hyperparameters as used, with seed and threads.</param>
/// <param name="DriftBaseline">Distributions of the TrainingSet, for stage Watch.</param>
public sealed record Challenger(ArtifactRef NativeModel, ArtifactRef Ensemble, TrainerDefinition Trainer, DriftBaseline DriftBaseline)
{
    /// <summary>What the trainer told besides, a JSON <see cref="TrainingRecord"/>; null where it told nothing, and in records from before it was kept.</summary>
    public ArtifactRef? Record { get; init; }

    /// <summary>The models at both ends of its intervals; null where none are asked for.</summary>
    public ChallengerBounds? Bounds { get; init; }

    /// <summary>
    /// By how much the weight of each class's rows was multiplied in training, class by class, where the link takes it off the scores again so
    /// that probabilities are those of the classes' own shares; null where nothing is taken off.
    /// </summary>
    public ImmutableArray<double>? CorrectedFactors { get; init; }
}

/// <summary>How closely the exported graph reproduces the trained model, over every row of the Holdout.</summary>
/// <param name="RowCount">Rows compared.</param>
/// <param name="MaximumDifference">Largest difference of the two answers to a row, by <see cref="Measure"/>.</param>
/// <param name="Tolerance">Difference above which the export is refused.</param>
public sealed record ParityReport(long RowCount, double MaximumDifference, double Tolerance)
{
    /// <summary>What is called a difference; reports from before there were others speak of the absolute one.</summary>
    public ParityMeasure Measure { get; init; } = ParityMeasure.Absolute;

    /// <summary>Whether the graph may ship. A NaN difference does not hold.</summary>
    public bool Holds => MaximumDifference <= Tolerance;
}

/// <summary>What the difference of two answers is, native <c>a</c> and exported <c>b</c>.</summary>
public enum ParityMeasure
{
    /// <summary>|a − b|, of probabilities.</summary>
    Absolute,

    /// <summary>
    /// |a − b| over the largest of 1, |a| and the root mean square of all native answers, of numbers that are sums of floats: their
    /// rounding grows with what was added up, also where the sum comes out small.
    /// </summary>
    Scaled,

    /// <summary>|a − b| over |a|, of numbers behind an exponential.</summary>
    Relative,
}

/// <summary>Result of stage Export: the one graph from raw columns to the answer, and the proof of its parity.</summary>
public sealed record OnnxModel(ArtifactRef Model, ParityReport Parity)
{
    /// <summary>What explains it, a <see cref="ModelExplanation"/>; null in records from before there was one.</summary>
    public ArtifactRef? Explanation { get; init; }

    /// <summary>What was seen of its intervals; null where it has none.</summary>
    public IntervalExport? Intervals { get; init; }
}
