using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Fragments;

namespace Lifecycle.Training.Trainers;

/// <summary>What a trainer made.</summary>
/// <param name="NativeModel">The model as its library saves it; the other side of the parity check.</param>
/// <param name="Fragment">The same model, from features to raw scores, and its link, for the export.</param>
/// <param name="Trainer">The hyperparameters as used, with objective, seed and threads: the same rows and these give the same bytes.</param>
public sealed record TrainedModel(byte[] NativeModel, ModelFragment Fragment, TrainerDefinition Trainer)
{
    /// <summary>What the trainer tells besides; null where it tells nothing.</summary>
    public TrainingRecord? Record { get; init; }

    /// <summary>Models of both ends of its intervals; null where none were ordered.</summary>
    public TrainedBounds? Bounds { get; init; }
}

/// <summary>Two models of quantiles, trained on the same rows.</summary>
/// <param name="Lower">Of the lower end.</param>
/// <param name="Upper">Of the upper end.</param>
public sealed record TrainedBounds(TrainedModel Lower, TrainedModel Upper);
