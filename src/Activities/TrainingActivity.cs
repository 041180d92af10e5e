using System.Globalization;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Tables;
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
        byte[] featurizer = await artifacts.ReadAsync(input.Features.Featurizer, cancellation);
        TrainingRow[] read = [.. ParquetRows.ReadTraining(rowsFile, limits)];
        RowSet rows = new()
        {
            Inputs = InputRows.OfTexts(model.Features.Schema, read.Select(row => row.Input)),
            Labels = [.. read.Select(row => row.Label ? 1.0 : 0.0)],
            Weights = [.. read.Select(row => row.Weight)],
        };
        using FeatureReader reader = new(featurizer, new ScorerOptions { Threads = model.Trainer.Threads });
        TrainedModel trained = training.Train(new TrainingOrder(model.Predicts, model.Trainer, TrainingRows.Of(reader, rows)), new Told(ProgressReports.Teller), cancellation);
        using StageWorkspace workspace = folders.OpenWorkspace("training");
        string distributions = workspace.File("baseline.json");
        DriftBaseline baseline = DriftBaselines.Compute(rowsFile, model.Features, distributions, limits, cancellation);
        await artifacts.UploadFileAsync(distributions, MediaTypes.Json, cancellation);
        return new Challenger(
            await artifacts.UploadAsync(trained.NativeModel, MediaTypes.Text, cancellation),
            await artifacts.UploadAsync(FragmentDocument.Write(trained.Fragment), MediaTypes.Json, cancellation),
            trained.Trainer,
            baseline);
    });

    private sealed class Told(Action<string> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value.Phase switch
        {
            TrainingPhase.Featurizing => "computing features",
            TrainingPhase.Fitting => string.Create(CultureInfo.InvariantCulture, $"{value.Grown} of {value.Wanted} trees"),
            _ => "saving the model",
        });
    }
}
