using Lifecycle.Domain.Data;
using Lifecycle.Domain.Training;
using Temporalio.Activities;

namespace Lifecycle.Workflows.Contracts;

/// <summary>Stage 3, Features.</summary>
public interface IFeaturesActivity
{
    /// <summary>Splits TrainingSet and Holdout, and fits the featurizer on the TrainingSet alone.</summary>
    [Activity]
    Task<FeatureSet> BuildFeaturesAsync(FeaturesInput input);
}

/// <summary>Input of stage Features.</summary>
public sealed record FeaturesInput(RunDefinition Definition, DataSnapshot Snapshot);
