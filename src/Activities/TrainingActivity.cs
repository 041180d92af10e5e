using System.Collections.Immutable;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Featurizers;
using Lifecycle.OnnxModels.Fragments;
using Lifecycle.OnnxModels.Scoring;
using Lifecycle.Storage;
using Lifecycle.Training.Trainers;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;

namespace Lifecycle.Activities;

/// <summary>Stage 4, Training.</summary>
public sealed class TrainingActivity(
    StageFolders folders, ArtifactStore artifacts, DataLimits limits, ModelTraining training) : ITrainingActivity
{
    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<Challenger> TrainChallengerAsync(TrainingInput input) => StageScope.RunAsync(async cancellation =>
    {
        ModelDefinition model = await artifacts.ReadDefinitionAsync(input.Definition, cancellation);
        string rowsFile = await artifacts.DownloadAsync(input.Features.TrainingSet.Rows, cancellation);
        ScorerOptions threads = new() { Threads = model.Trainer.Threads };
        using FeatureReader shipped = new(await artifacts.ReadAsync(input.Features.Featurizer, cancellation), threads);
        using FeatureReader? folded = input.Features.TrainingFeaturizer is { } own ? new(await artifacts.ReadAsync(own, cancellation), threads) : null;
        TrainingParts parts = RowSets.ReadTraining(
            rowsFile, model.Features.Schema, folded is null ? RowParts.Weights : RowParts.Weights | RowParts.Keys | RowParts.Clusters, limits);
        TrainingOrder order = new(model.Predicts, model.Trainer, TrainingRows.Of(folded ?? shipped, Weighed(parts.Rows)))
        {
            Validation = parts.Validation is { } watched ? TrainingRows.Of(shipped, Weighed(watched)) : null,
            FeatureNames = await NamesAsync(input.Features, cancellation),
            ClassFactors = ClassWeighting.Of(model.Trainer, model.Predicts),
            Intervals = model.Intervals,
            WithTrueShares = !model.Gate.LossFor(model.Predicts).IsBalanced,
        };

        RowSet Weighed(RowSet rows) => ClassWeighting.Apply(model.Trainer, model.Predicts, rows);

        TrainedModel trained = training.Train(order, new Told(ProgressReports.Teller), cancellation);
        using StageWorkspace workspace = folders.OpenWorkspace("training");
        string distributions = workspace.File("baseline.json");
        DriftBaseline baseline = DriftBaselines.Compute(rowsFile, model.Features.Schema, model.Predicts, distributions, limits, cancellation);
        await artifacts.UploadFileAsync(distributions, MediaTypes.Json, cancellation);
        return new Challenger(
            await artifacts.UploadAsync(trained.NativeModel, trained.MediaType, cancellation),
            await artifacts.UploadAsync(FragmentDocument.Write(trained.Fragment), MediaTypes.Json, cancellation),
            trained.Trainer,
            baseline)
        {
            Record = trained.Record is { } record
                ? await artifacts.UploadRecordAsync(record, cancellation)
                : null,
            Bounds = trained.Bounds is { } bounds
                ? new ChallengerBounds(await UploadAsync(bounds.Lower, cancellation), await UploadAsync(bounds.Upper, cancellation))
                : null,
            CorrectedFactors = trained.CorrectedFactors.IsEmpty ? null : trained.CorrectedFactors,
        };
    });

    private async Task<BoundModel> UploadAsync(TrainedModel bound, CancellationToken cancellation) => new(
        await artifacts.UploadAsync(bound.NativeModel, bound.MediaType, cancellation),
        await artifacts.UploadAsync(FragmentDocument.Write(bound.Fragment), MediaTypes.Json, cancellation),
        bound.Trainer);

    // Features from before their names were kept.
    private async Task<ImmutableArray<string>> NamesAsync(FeatureSet features, CancellationToken cancellation) => features.FeatureNames is { } names
        ? await artifacts.ReadRecordAsync<ImmutableArray<string>>(names, cancellation)
        : [];

    private sealed class Told(Action<string> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value.Sentence);
    }
}
