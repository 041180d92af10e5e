using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Training;
using Lifecycle.Workflows.Contracts;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Retraining;

/// <content>The stages, one method each.</content>
public sealed partial class RetrainingWorkflow
{
    private Task<RunDefinition> ReadDefinitionAsync(RetrainingRequest request) => Workflow.ExecuteActivityAsync(
        (IDefinitionActivity activity) => activity.ReadDefinitionAsync(request),
        stages.Short($"read models/{request.Model}/model.yaml"));

    private async Task<DataSnapshot> TakeSnapshotAsync(RunDefinition definition)
    {
        DataSnapshot snapshot = await progress.StageAsync(
            RetrainingStage.Snapshot,
            () => calls.TakeSnapshotAsync(definition),
            StageNotes.Of);
        progress.Set(state => state with { Snapshot = snapshot });
        return snapshot;
    }

    private async Task<ValidationReport> ValidateAsync(RunDefinition definition, DataSnapshot snapshot)
    {
        ValidationInput input = new(definition, snapshot);
        ValidationReport report = await progress.StageAsync(RetrainingStage.Validation, () => CheckAsync(input), StageNotes.Of);
        progress.Set(state => state with { Validation = report });
        return report;
    }

    private async Task<ValidationReport> CheckAsync(ValidationInput input)
    {
        DataSnapshot? previous = await calls.FindPreviousAsync(input);
        return await calls.ValidateAsync(input with { Previous = previous });
    }

    private async Task<FeatureSet> BuildFeaturesAsync(RunDefinition definition, DataSnapshot snapshot)
    {
        FeaturesInput input = new(definition, snapshot);
        FeatureSet features = await progress.StageAsync(
            RetrainingStage.Features,
            () => calls.BuildFeaturesAsync(input),
            StageNotes.Of);
        progress.Set(state => state with { Features = features });
        return features;
    }

    private async Task<Challenger> TrainAsync(RunDefinition definition, FeatureSet features)
    {
        TrainingInput input = new(definition, features);
        Challenger challenger = await progress.StageAsync(
            RetrainingStage.Training,
            () => calls.TrainAsync(input),
            StageNotes.Of);
        progress.Set(state => state with { Challenger = challenger });
        return challenger;
    }

    private async Task<OnnxModel> ExportAsync(RunDefinition definition, DataSnapshot snapshot, FeatureSet features, Challenger challenger)
    {
        ExportInput input = new(definition, snapshot, features, challenger);
        OnnxModel model = await progress.StageAsync(
            RetrainingStage.Export,
            () => calls.ExportAsync(input),
            StageNotes.Of);
        progress.Set(state => state with { Export = model });
        return model;
    }

    private async Task<EvaluationReport> EvaluateAsync(
        RetrainingRequest request, RunDefinition definition, DataSnapshot snapshot, FeatureSet features, OnnxModel model, ChannelEntry? champion)
    {
        EvaluationInput input = new(definition, features, model) { Champion = champion, Run = Invocation.Id };
        EvaluationReport report = await progress.StageAsync(
            RetrainingStage.Evaluation,
            async () => await calls.EvaluateAsync(
                request.CompareSplits ? input with { RandomSplit = await CompareSplitsAsync(definition, snapshot, features) } : input,
                champion is null ? null : $"version {champion.Version}"),
            evaluated => StageNotes.Of(evaluated, definition.Gate.PrimarySlice));
        progress.Set(state => state with { Evaluation = report });
        return report;
    }

    private async Task<Blessing> BlessAsync(RunDefinition definition, DataSnapshot snapshot, EvaluationReport evaluation)
    {
        progress.Begin(RetrainingStage.Blessing);
        Blessing blessing = Gate.Judge(evaluation, definition.Gate);
        ReportInput input = new(definition, snapshot, evaluation, blessing);
        ArtifactRef page = await calls.DrawReportAsync(input);
        progress.End(RetrainingStage.Blessing, StageStatus.Completed, StageNotes.Of(blessing));
        progress.Set(state => state with { Blessing = blessing, Evaluation = evaluation with { Page = page } });
        return blessing;
    }

    private Task<ChannelEntry?> ReadChannelAsync(RunDefinition definition)
    {
        ChannelName channel = new(definition.Model, definition.Channel);
        return Workflow.ExecuteActivityAsync(
            (IPromotionActivity activity) => activity.ReadChannelAsync(channel),
            stages.Short($"who is champion on {channel.Channel}"));
    }

    private async Task<Publication> PublishAsync(RunDefinition definition)
    {
        PublicationInput input = new(State.Release!, definition.Approval) { Decisions = State.Decisions, AlsoRequestedBy = State.VerifiedRequesters };
        Publication publication = await progress.StageAsync(
            RetrainingStage.Publication,
            () => Workflow.ExecuteActivityAsync(
                (IPublicationActivity activity) => activity.PublishReleaseAsync(input),
                stages.Publish("sign and upload")),
            StageNotes.Of);
        progress.Set(state => state with { Publication = publication });
        return publication;
    }

    private async Task<ChannelEntry> PromoteAsync(RunDefinition definition, Publication publication)
    {
        ChannelEntry wanted = new(
            definition.Model, definition.Channel, State.Release!.ChannelVersion, ChannelMove.Promotion, publication,
            definition.Snapshot.Id, Workflow.UtcNow, State.Release.InvocationId)
        {
            Grounds = new(State.Release.RequestedBy, State.Release.IsRequesterVerified, publication.ApprovedBy, State.Triggers[0].Note),
        };
        ChannelEntry live = await progress.StageAsync(
            RetrainingStage.Promotion,
            () => Workflow.ExecuteActivityAsync(
                (IPromotionActivity activity) => activity.RequestPromotionAsync(wanted),
                stages.Publish($"move {definition.Channel} to version {wanted.Version}")),
            StageNotes.Of);
        progress.Set(state => state with { Channel = live });
        return live;
    }
}
