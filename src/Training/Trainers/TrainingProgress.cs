using System.Globalization;

namespace Lifecycle.Training.Trainers;

/// <summary>Where a training stands; reported at each phase's beginning, and from then on at an interval.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="Elapsed">Time since the training began.</param>
/// <param name="Done">Rounds that are done, such as trees; 0 outside of <see cref="TrainingPhase.Fitting"/>.</param>
/// <param name="Wanted">Rounds that there will be at most; 0 outside of <see cref="TrainingPhase.Fitting"/>.</param>
/// <param name="Loss">What is minimised, after the last round that is done; null where the trainer does not look at it.</param>
public readonly record struct TrainingProgress(TrainingPhase Phase, TimeSpan Elapsed, int Done = 0, int Wanted = 0, double? Loss = null)
{
    /// <summary>The same in a few words for people.</summary>
    public string Sentence => Phase switch
    {
        TrainingPhase.Featurizing => "computing features",
        TrainingPhase.Saving => "saving the model",
        _ when Done == 0 => "preparing the first round",
        _ => string.Create(CultureInfo.InvariantCulture, $"round {Done} of {Wanted}{(Loss is { } loss ? $", loss {loss:G5}" : "")}"),
    };
}

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
