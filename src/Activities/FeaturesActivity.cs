using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Features;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.Storage;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Stage 3, Features.</summary>
public sealed class FeaturesActivity(StageFolders folders, ArtifactStore artifacts, DataLimits limits) : IFeaturesActivity
{
    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<FeatureSet> BuildFeaturesAsync(FeaturesInput input) => StageScope.RunAsync(async cancellation =>
    {
        ModelDefinition model = await artifacts.ReadDefinitionAsync(input.Definition, cancellation);
        string snapshot = await artifacts.DownloadAsync(input.Snapshot.Rows, cancellation);
        using StageWorkspace workspace = folders.OpenWorkspace("features");
        string training = workspace.File("training.parquet");
        string holdout = workspace.File("holdout.parquet");

        SplitRows split = HoldoutSplit.Split(
            snapshot, input.RandomFolds is { } folds ? model with { Split = SplitDefinition.AtRandom(folds) } : model, training, holdout, limits, cancellation, input.ShuffleLabels);
        RowSet rows = RowSets.ReadTraining(training, model.Features.Schema, RowParts.Keys | RowParts.Clusters, limits).Rows;
        FittedFeaturizer featurizer = FeaturizerFit.Fit(rows, model.Features, model.Predicts);
        await artifacts.UploadFileAsync(training, MediaTypes.Parquet, cancellation);
        await artifacts.UploadFileAsync(holdout, MediaTypes.Parquet, cancellation);
        return new FeatureSet(
            split.TrainingSet,
            split.Holdout,
            await artifacts.UploadAsync(featurizer.Onnx, MediaTypes.Onnx, cancellation),
            featurizer.FeatureNames.Length)
        {
            TrainingFeaturizer = featurizer.TrainingOnnx is { } folded ? await artifacts.UploadAsync(folded, MediaTypes.Onnx, cancellation) : null,
            FeatureNames = await artifacts.UploadRecordAsync(featurizer.FeatureNames, cancellation),
            FeatureColumns = await artifacts.UploadRecordAsync(featurizer.Columns, cancellation),
        };
    });
}
