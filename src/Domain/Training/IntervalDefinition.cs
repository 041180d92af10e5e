using System.Text.Json.Serialization;
using Lifecycle.Domain.Artifacts;

namespace Lifecycle.Domain.Training;

/// <summary>
/// Asks for an interval beside each number that a model answers: between two quantiles of what it may turn out to be, learnt by the same trainer
/// on the same features.
/// </summary>
public sealed record IntervalDefinition
{
    private const int Digits = 9;

    /// <summary>Share of labels that shall lie within; as many below it as above.</summary>
    public double Coverage { get; init; } = 0.8;

    /// <summary>Level of the quantile at its lower end.</summary>
    [JsonIgnore]
    public double LowerLevel => Math.Round((1 - Coverage) / 2, Digits);

    /// <summary>Level of the quantile at its upper end.</summary>
    [JsonIgnore]
    public double UpperLevel => Math.Round(1 - LowerLevel, Digits);
}

/// <summary>The models at both ends of the intervals, each in its trainer's own format.</summary>
/// <param name="Lower">Of the lower end.</param>
/// <param name="Upper">Of the upper end.</param>
public sealed record ChallengerBounds(BoundModel Lower, BoundModel Upper);

/// <summary>A model of one quantile.</summary>
/// <param name="NativeModel">As its library saves it.</param>
/// <param name="Ensemble">The fragment read out of it, for stage Export.</param>
/// <param name="Trainer">The hyperparameters as used.</param>
public sealed record BoundModel(ArtifactRef NativeModel, ArtifactRef Ensemble, TrainerDefinition Trainer);

/// <summary>What stage Export saw of the intervals, over every row of the Holdout.</summary>
/// <param name="Parity">How closely the graph reproduces both ends.</param>
/// <param name="CrossedRows">Rows whose lower end came out above the upper one; the graph turns them round.</param>
public sealed record IntervalExport(ParityReport Parity, long CrossedRows);
