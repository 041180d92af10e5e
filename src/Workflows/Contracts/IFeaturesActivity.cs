using System.Text.Json.Serialization;
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
public sealed record FeaturesInput(RunDefinition Definition, DataSnapshot Snapshot)
{
    /// <summary>Splits the rows at random into this many folds, whatever the definition says, for a figure beside the one that decides; null, and left out of JSON, for every other run.</summary>
    public int? RandomFolds { get; init; }

    /// <summary>Shuffles the TrainingSet's labels among its rows, to see that nothing can be learnt from them; false, and left out of JSON, for every other run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ShuffleLabels { get; init; }
}
