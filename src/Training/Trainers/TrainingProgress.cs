namespace Lifecycle.Training.Trainers;

/// <summary>Where a training stands; reported at each phase's beginning, and from then on at an interval.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Elapsed">Time since the training began.</param>
/// <param name="Done">Rounds that are done, such as trees; 0 outside of <see cref="TrainingPhase.Fitting"/>.</param>
/// <param name="Wanted">Rounds that there will be at most; 0 outside of <see cref="TrainingPhase.Fitting"/>.</param>
public readonly record struct TrainingProgress(TrainingPhase Phase, TimeSpan Elapsed, int Done = 0, int Wanted = 0);

/// <summary>The phases of a training, in their order.</summary>
public enum TrainingPhase
{
    /// <summary>Computes the feature vectors through the featurizer graph.</summary>
    Featurizing,

    /// <summary>Grows the trees, or what else it repeats.</summary>
    Fitting,

    /// <summary>Reads the model out and saves the model.</summary>
    Saving,
}
