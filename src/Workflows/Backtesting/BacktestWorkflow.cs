using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Backtests;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Models;
using Lifecycle.Domain.Training;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Backtesting;

/// <summary>
/// The stages from Snapshot to Blessing for one period after the other, each on what its time knew; a blessed Challenger is the Champion of
/// the periods after it. A period whose rows allow no training ends as that, and the next one begins. Every stage is a call of its own, so a
/// killed worker costs the stage in work. After 100 periods the backtest goes on as a new execution with a short history.
/// </summary>
[Workflow]
public sealed class BacktestWorkflow
{
    private const int PeriodsPerExecution = 100;

    private readonly StageActivities activities;
    private readonly StageCalls stages;
    private BacktestState state;

    /// <summary>Makes the backtest's state, so that a query finds it before the first call.</summary>
    [WorkflowInit]
    public BacktestWorkflow(BacktestRequest request)
    {
        activities = new StageActivities(request.HeartbeatTimeout);
        stages = new StageCalls(activities);
        state = request.Progress ?? new BacktestState { Model = request.Model };
    }

    /// <summary>How far the backtest has come.</summary>
    [WorkflowQuery]
    public BacktestState State => state;

    /// <summary>Goes through the periods and draws their table.</summary>
    [WorkflowRun]
    public async Task<BacktestState> RunAsync(BacktestRequest request)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Model.ValueSet(request.Model));
        BacktestRequest asked = request with { Progress = null };
        BacktestPlan plan = await Workflow.ExecuteActivityAsync(
            (IBacktestActivity activity) => activity.PlanBacktestAsync(asked), activities.Short($"list the periods of {request.Model}"));
        Set(state with { Total = plan.Periods.Length });
        int end = Math.Min(state.Periods.Length + PeriodsPerExecution, plan.Periods.Length);
        foreach (SnapshotDefinition period in plan.Periods[state.Periods.Length..end])
        {
            BacktestPeriod judged = await JudgeAsync(plan.Definition with { Snapshot = period }, request.ShuffleLabels);
            Set(state with { Periods = state.Periods.Add(judged), InWork = null, Stage = null });
        }

        if (end < plan.Periods.Length)
        {
            BacktestRequest rest = request with { Progress = state };
            throw Workflow.CreateContinueAsNewException((BacktestWorkflow backtest) => backtest.RunAsync(rest));
        }

        BacktestState judgedAll = state;
        ArtifactRef page = await Workflow.ExecuteActivityAsync(
            (IBacktestActivity activity) => activity.DrawBacktestAsync(judgedAll), activities.Short("draw the table"));
        Set(state with { Page = page });
        return state;
    }

    private async Task<BacktestPeriod> JudgeAsync(RunDefinition definition, bool shuffleLabels)
    {
        try
        {
            return await GoThroughAsync(definition, shuffleLabels);
        }
        catch (ActivityFailureException failure) when (failure.InnerException is ApplicationFailureException { ErrorType: FailureTypes.InvalidData } said)
        {
            return Period(definition, BacktestOutcome.Untrainable, said.Message);
        }
    }

    private async Task<BacktestPeriod> GoThroughAsync(RunDefinition definition, bool shuffleLabels)
    {
        DataSnapshot snapshot = await InAsync(definition, "Snapshot", () => stages.TakeSnapshotAsync(definition));
        ValidationInput validation = new(definition, snapshot) { Previous = state.Previous, IsRehearsal = true };
        ValidationReport report = await InAsync(definition, "Validation", () => stages.ValidateAsync(validation));
        if (!report.Accepted)
        {
            return Period(definition, BacktestOutcome.StoppedByValidation, StageNotes.Of(report));
        }

        Set(state with { Previous = snapshot });
        FeatureSet features = await InAsync(definition, "Features", () => stages.BuildFeaturesAsync(new(definition, snapshot) { ShuffleLabels = shuffleLabels }));
        Challenger challenger = await InAsync(definition, "Training", () => stages.TrainAsync(new(definition, features)));
        OnnxModel model = await InAsync(definition, "Export", () => stages.ExportAsync(new(definition, snapshot, features, challenger)));
        EvaluationInput evaluated = new(definition, features, model) { Rehearsed = state.Champion?.Model, HasShuffledLabels = shuffleLabels };
        EvaluationReport evaluation = await InAsync(definition, "Evaluation", () => stages.EvaluateAsync(evaluated, state.Champion is { } champion ? $"the model of {champion.Snapshot}" : null));
        return shuffleLabels ? Shuffled(definition, features, model, evaluation) : Judged(definition, features, model, evaluation);
    }

    private BacktestPeriod Judged(RunDefinition definition, FeatureSet features, OnnxModel model, EvaluationReport evaluation)
    {
        Blessing blessing = Gate.Judge(evaluation, definition.Gate);
        BacktestPeriod period = Measured(Period(definition, OutcomeOf(blessing.Verdict), StageNotes.Of(blessing)), definition, features, model, evaluation) with { Champion = state.Champion?.Snapshot };
        if (blessing.Verdict == BlessingVerdict.Blessed)
        {
            Set(state with { Champion = new BacktestChampion(definition.Snapshot.Id, model.Model) });
        }

        return period;
    }

    // The gate is not asked, so that nothing here can be blessed, and no such model is anybody's Champion.
    private static BacktestPeriod Shuffled(RunDefinition definition, FeatureSet features, OnnxModel model, EvaluationReport evaluation)
    {
        (BacktestOutcome outcome, string sentence) = ShuffledLabels.Judge(evaluation, definition.Gate.PrimarySlice);
        return Measured(Period(definition, outcome, sentence), definition, features, model, evaluation);
    }

    private static BacktestPeriod Measured(BacktestPeriod period, RunDefinition definition, FeatureSet features, OnnxModel model, EvaluationReport evaluation) => period with
    {
        TrainingRows = features.TrainingSet.RowCount,
        HoldoutRows = features.Holdout.RowCount,
        Loss = LossOf(evaluation.Challenger, definition),
        ChampionLoss = LossOf(evaluation.Champion, definition),
        ReferenceLoss = LossOf(evaluation.Reference, definition),
        ModelDigest = model.Model.Sha256,
    };

    private static double? LossOf(ModelMetrics? metrics, RunDefinition definition) => metrics?.Slices.GetValueOrDefault(definition.Gate.PrimarySlice)?.Loss;

    private static BacktestOutcome OutcomeOf(BlessingVerdict verdict) => verdict switch
    {
        BlessingVerdict.Blessed => BacktestOutcome.Blessed,
        BlessingVerdict.Refused => BacktestOutcome.Refused,
        _ => BacktestOutcome.Inconclusive,
    };

    private static BacktestPeriod Period(RunDefinition definition, BacktestOutcome outcome, string reason) => new()
    {
        Snapshot = definition.Snapshot.Id,
        Cutoff = definition.Snapshot.Cutoff,
        Outcome = outcome,
        Reason = reason,
    };

    private async Task<T> InAsync<T>(RunDefinition definition, string stage, Func<Task<T>> work)
    {
        Set(state with { InWork = definition.Snapshot.Id, Stage = stage });
        return await work();
    }

    private void Set(BacktestState next)
    {
        state = next;
        Workflow.CurrentDetails = BacktestDetails.Of(state);
    }
}
