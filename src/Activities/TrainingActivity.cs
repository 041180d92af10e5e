using System.Globalization;
using Lifecycle.Activities.Stages;
using Lifecycle.Data;
using Lifecycle.Data.Drift;
using Lifecycle.Data.Rows;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Ensembles;
using Lifecycle.Storage;
using Lifecycle.Training.LightGbm;
using Lifecycle.Training.Trainers;
using Lifecycle.Workflows.Contracts;
using Temporalio.Activities;
using TrainerRow = Lifecycle.Training.Trainers.TrainingRow;

namespace Lifecycle.Activities;

/// <summary>Stage 4, Training.</summary>
public sealed class TrainingActivity(
    StageFolders folders, ArtifactStore artifacts, DataLimits limits, LightGbmTrainer trainer) : ITrainingActivity
{
    /// <inheritdoc/>
    [Activity, Isolated]
    public Task<Challenger> TrainChallengerAsync(TrainingInput input) => StageScope.RunAsync(async cancellation =>
    {
        ModelDefinition model = await artifacts.ReadDefinitionAsync(input.Definition, cancellation);
        string training = await artifacts.DownloadAsync(input.Features.TrainingSet.Rows, cancellation);
        byte[] featurizer = await artifacts.ReadAsync(input.Features.Featurizer, cancellation);
        RowSet read = RowSets.Read(training, model.Features.Schema, RowParts.Weights, limits);
        List<TrainerRow> rows =
        [
            .. ((InputValues.Texts)read.Inputs.Columns[0]).Values
                .Select((text, row) => new TrainerRow(text!, read.Labels[row] == 1, read.Weights.IsEmpty ? 1 : (float)read.Weights[row])),
        ];

        TrainedModel trained = trainer.Train(featurizer, rows, (TrainerDefinition.LightGbm)model.Trainer, new Told(ProgressReports.Teller), cancellation);
        using StageWorkspace workspace = folders.OpenWorkspace("training");
        string distributions = workspace.File("baseline.json");
        DriftBaseline baseline = DriftBaselines.Compute(training, model.Features.Schema, model.Predicts, distributions, limits, cancellation);
        await artifacts.UploadFileAsync(distributions, MediaTypes.Json, cancellation);
        return new Challenger(
            await artifacts.UploadAsync(trained.NativeModel, MediaTypes.Text, cancellation),
            await artifacts.UploadAsync(EnsembleDocument.Write(trained.Ensemble), MediaTypes.Json, cancellation),
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
