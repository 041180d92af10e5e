using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Fragments;

namespace Lifecycle.Training.Trainers;

/// <summary>What a trainer made.</summary>
/// <param name="NativeModel">The model as its library saves it; the other side of the parity check.</param>
/// <param name="Fragment">The same model, from features to raw scores, and its link, for the export.</param>
/// <param name="Trainer">The hyperparameters as used, with objective, seed and threads: the same rows and these give the same bytes.</param>
public sealed record TrainedModel(byte[] NativeModel, ModelFragment Fragment, TrainerDefinition Trainer)
{
    /// <summary>Media type of <see cref="NativeModel"/>.</summary>
    public string MediaType { get; init; } = MediaTypes.Text;

    /// <summary>By how much it multiplied the weight of each class's rows, class by class; none where classes counted as they are.</summary>
    public ImmutableArray<double> ClassFactors { get; init; } = [];

    /// <summary>Those that the fragment's link takes off its scores again, and the native model by itself does not; none where it takes off nothing.</summary>
    public ImmutableArray<double> CorrectedFactors { get; init; } = [];

    /// <summary>The same model with probabilities of classes that count as often as they come.</summary>
    /// <param name="before">By how much the weights of each class's rows were multiplied before the trainer got them; none where they were not.</param>
    public TrainedModel WithTrueShares(ImmutableArray<double> before)
    {
        ImmutableArray<double> factors = ClassFactors.IsEmpty || before.IsEmpty
            ? [.. ClassFactors, .. before]
            : [.. ClassFactors.Zip(before, (one, other) => one * other)];
        return factors.IsEmpty ? this : this with { Fragment = Fragment with { Link = Fragment.Link.Without(factors) }, CorrectedFactors = factors };
    }

    /// <summary>What the trainer tells besides; null where it tells nothing.</summary>
    public TrainingRecord? Record { get; init; }

    /// <summary>Models of both ends of its intervals; null where none were ordered.</summary>
    public TrainedBounds? Bounds { get; init; }
}

/// <summary>Two models of quantiles, trained on the same rows.</summary>
/// <param name="Lower">Of the lower end.</param>
/// <param name="Upper">Of the upper end.</param>
public sealed record TrainedBounds(TrainedModel Lower, TrainedModel Upper);
