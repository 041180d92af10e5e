using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Training;
using Lifecycle.Workflows.Contracts;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Calls;

/// <summary>The calls of the stages from Snapshot to Blessing, as every workflow that goes through them makes them.</summary>
/// <param name="stages">How activities are called.</param>
internal sealed class StageCalls(StageActivities stages)
{
    /// <summary>Stage Snapshot.</summary>
    public Task<DataSnapshot> TakeSnapshotAsync(RunDefinition definition) => Workflow.ExecuteActivityAsync(
        (ISnapshotActivity activity) => activity.TakeSnapshotAsync(definition),
        stages.Long($"snapshot {definition.Snapshot.Id}"));

    /// <summary>Stage Validation, first half: what the snapshot is held against.</summary>
    public Task<DataSnapshot?> FindPreviousAsync(ValidationInput input) => Workflow.ExecuteActivityAsync(
        (IValidationActivity activity) => activity.FindPreviousSnapshotAsync(input),
        stages.Long("find the previous accepted snapshot"));

    /// <summary>Stage Validation, second half.</summary>
    public Task<ValidationReport> ValidateAsync(ValidationInput input) => Workflow.ExecuteActivityAsync(
        (IValidationActivity activity) => activity.ValidateSnapshotAsync(input),
        stages.Long($"validate against {input.Previous?.Id ?? "the contract alone"}"));

    /// <summary>Stage Features.</summary>
    public Task<FeatureSet> BuildFeaturesAsync(FeaturesInput input) => Workflow.ExecuteActivityAsync(
        (IFeaturesActivity activity) => activity.BuildFeaturesAsync(input),
        stages.Long("split and fit the featurizer"));

    /// <summary>Stage Training.</summary>
    public Task<Challenger> TrainAsync(TrainingInput input) => Workflow.ExecuteActivityAsync(
        (ITrainingActivity activity) => activity.TrainChallengerAsync(input),
        stages.Long($"train on {input.Features.TrainingSet.RowCount} rows"));

    /// <summary>Stage Export.</summary>
    public Task<OnnxModel> ExportAsync(ExportInput input) => Workflow.ExecuteActivityAsync(
        (IExportActivity activity) => activity.ExportModelAsync(input),
        stages.Long("write model.onnx and compare every holdout row"));

    /// <summary>Stage Evaluation; <paramref name="against"/> names the Champion.</summary>
    public Task<EvaluationReport> EvaluateAsync(EvaluationInput input, string? against) => Workflow.ExecuteActivityAsync(
        (IEvaluationActivity activity) => activity.EvaluateModelAsync(input),
        stages.Long(against is null ? "evaluate; no champion yet" : $"evaluate against {against}"));

    /// <summary>The page of stage Blessing.</summary>
    public Task<ArtifactRef> DrawReportAsync(ReportInput input) => Workflow.ExecuteActivityAsync(
        (IEvaluationActivity activity) => activity.DrawReportAsync(input),
        stages.Long("draw the report page"));
}
