using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Domain.Training;
using Lifecycle.Workflows.Approvals;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Retraining;

/// <summary>
/// One RetrainingRun: from raw snapshot to a promoted, signed Publication, stage by stage. Its id is
/// <c>retrain/&lt;model&gt;</c>, so that a model has one run in flight at most. An expected verdict (stopped by validation,
/// refused, rejected …) completes the workflow with that outcome; only bad input and defects fail it.
/// </summary>
[Workflow]
public sealed partial class RetrainingWorkflow : DecidableWorkflow
{
    private readonly RunProgress progress;
    private readonly StageActivities stages;
    private readonly StageCalls calls;

    /// <summary>Makes the run's state, so that queries and updates find it before the first stage.</summary>
    [WorkflowInit]
    public RetrainingWorkflow(RetrainingRequest request)
    {
        progress = new RunProgress(request);
        stages = new StageActivities(request.HeartbeatTimeout);
        calls = new StageCalls(stages);
    }

    /// <summary>Where the run stands.</summary>
    [WorkflowQuery]
    public RetrainingState State => progress.State;

    /// <summary>Adds a reason to the run in flight; the same reason twice is one.</summary>
    [WorkflowSignal]
    public async Task AddTriggerAsync(TriggerReason trigger)
    {
        if (progress.State.Triggers.Contains(trigger))
        {
            return;
        }

        progress.Set(state => state with { Triggers = state.Triggers.Add(trigger) });
        if (trigger.Signed is { } signed
            && await Requesters.VerifyAsync(new(RequestKind.Retrain, State.Model, trigger.RequestedBy, signed), stages) is not null)
        {
            progress.Set(state => state.WithVerified(trigger));
            WithdrawApprovalsOfRequesters();
        }
    }

    /// <summary>Runs the stages in their order.</summary>
    [WorkflowRun]
    public async Task<RetrainingState> RunAsync(RetrainingRequest request)
    {
        progress.Open();
        RunDefinition definition = await ReadDefinitionAsync(request);
        progress.Set(state => state with { PrimarySlice = definition.Gate.PrimarySlice });
        if (request.Trigger.Signed is not null)
        {
            // Whoever reads the definition has verified it: a signature that does not count ends the run there.
            progress.Set(state => state.WithVerified(request.Trigger));
        }

        DataSnapshot snapshot = await TakeSnapshotAsync(definition);
        ValidationReport validation = await ValidateAsync(definition, snapshot);
        if (!validation.Accepted)
        {
            return await StopAsync(RetrainingStage.Validation, RetrainingOutcome.StoppedByValidation, StageNotes.Of(validation));
        }

        FeatureSet features = await BuildFeaturesAsync(definition, snapshot);
        Challenger challenger = await TrainAsync(definition, features);
        OnnxModel model = await ExportAsync(definition, snapshot, features, challenger);

        ChannelEntry? champion = await ReadChannelAsync(definition);
        EvaluationReport evaluation = await EvaluateAsync(request, definition, snapshot, features, model, champion);
        Blessing blessing = await BlessAsync(definition, snapshot, evaluation);
        if (blessing.Verdict != BlessingVerdict.Blessed)
        {
            return await StopAsync(RetrainingStage.Blessing, OutcomeOf(blessing), StageNotes.Of(blessing));
        }

        (RetrainingOutcome Outcome, string Reason)? refusal = await AwaitApprovalAsync(definition, champion);
        if (refusal is { } stop)
        {
            return await StopAsync(RetrainingStage.Approval, stop.Outcome, stop.Reason);
        }

        Publication publication = await PublishAsync(definition);
        ChannelEntry live = await PromoteAsync(definition, publication);
        await StartWatchAsync(live, request.HeartbeatTimeout);
        return await FinishAsync(RetrainingOutcome.Promoted, StageNotes.Of(live));
    }

    private static RetrainingOutcome OutcomeOf(Blessing blessing) => blessing.Verdict == BlessingVerdict.Inconclusive
        ? RetrainingOutcome.Inconclusive
        : RetrainingOutcome.Refused;

    private Task<RetrainingState> StopAsync(RetrainingStage stage, RetrainingOutcome outcome, string reason)
    {
        progress.End(stage, StageStatus.Stopped, reason);
        return FinishAsync(outcome, reason);
    }

    private async Task<RetrainingState> FinishAsync(RetrainingOutcome outcome, string reason)
    {
        RetrainingState closed = progress.Close(outcome, reason);
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return closed;
    }
}
