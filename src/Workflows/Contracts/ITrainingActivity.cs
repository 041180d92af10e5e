using Lifecycle.Domain.Training;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Stage 4, Training.</summary>
public interface ITrainingActivity
{
    /// <summary>Trains the Challenger and stores the DriftBaseline.</summary>
    [Activity]
    Task<Challenger> TrainChallengerAsync(TrainingInput input);
}

/// <summary>Input of stage Training.</summary>
public sealed record TrainingInput(RunDefinition Definition, FeatureSet Features);
