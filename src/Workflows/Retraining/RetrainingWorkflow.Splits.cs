using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Training;
using Lifecycle.Workflows.Contracts;
using Temporalio.Exceptions;

namespace Lifecycle.Workflows.Retraining;

/// <content>A second model, trained on a random split of the same rows, for the report.</content>
public sealed partial class RetrainingWorkflow
{
    private const int MostFolds = 100;

    // What goes wrong with it is said in the report, and stops nothing.
    private async Task<RandomSplit> CompareSplitsAsync(RunDefinition definition, DataSnapshot snapshot, FeatureSet inTime)
    {
        try
        {
            FeatureSet features = await calls.BuildFeaturesAsync(new(definition, snapshot) { RandomFolds = FoldsOf(inTime) });
            Challenger challenger = await calls.TrainAsync(new(definition, features));
            OnnxModel model = await calls.ExportAsync(new(definition, snapshot, features, challenger));
            EvaluationReport report = await calls.EvaluateAsync(new(definition, features, model), against: "the reference, split at random");
            return new()
            {
                TrainingRows = features.TrainingSet.RowCount,
                HoldoutRows = features.Holdout.RowCount,
                Challenger = report.Challenger,
                Reference = report.Reference,
            };
        }
        catch (ActivityFailureException failure) when (failure.InnerException is ApplicationFailureException said)
        {
            return new() { Failure = said.Message };
        }
    }

    // As large a holdout as the one by time, as nearly as folds can be.
    private static int FoldsOf(FeatureSet inTime) => (int)Math.Clamp(
        (inTime.TrainingSet.RowCount + inTime.Holdout.RowCount + (inTime.Holdout.RowCount / 2)) / Math.Max(1, inTime.Holdout.RowCount), 2, MostFolds);
}
