namespace Lifecycle.Training.Trainers;

/// <summary>Where a training stands; reported at each phase's beginning and then at least every <see cref="LightGbmTrainer.HeartbeatInterval"/>.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Elapsed">Time since the training began.</param>
public readonly record struct TrainingProgress(TrainingPhase Phase, TimeSpan Elapsed);

/// <summary>The phases of a training, in their order.</summary>
public enum TrainingPhase
{
    /// <summary>Computes the feature vectors through the featurizer graph.</summary>
    Featurizing,

    /// <summary>Grows the trees.</summary>
    Fitting,

    /// <summary>Reads the trees out and saves the model.</summary>
    Saving,
}
