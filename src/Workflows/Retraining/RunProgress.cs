using System.Collections.Immutable;
using Lifecycle.Domain.Runs;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Retraining;

/// <summary>
/// Keeps the run's state and makes it visible: the stage as a search attribute, the whole story as CurrentDetails.
/// </summary>
internal sealed class RunProgress(RetrainingRequest request)
{
    /// <summary>The state as of now.</summary>
    public RetrainingState State { get; private set; } = new() { Model = request.Model, Triggers = [request.Trigger] };

    /// <summary>Announces the run.</summary>
    public void Open()
    {
        Workflow.UpsertTypedSearchAttributes(
            LifecycleSearchAttributes.Model.ValueSet(State.Model),
            LifecycleSearchAttributes.Trigger.ValueSet(State.Triggers[0].Kind.ToString()));
    }

    /// <summary>Changes the state.</summary>
    public void Set(Func<RetrainingState, RetrainingState> change)
    {
        State = change(State);
        Workflow.CurrentDetails = RunDetails.Of(State);
    }

    /// <summary>Runs one stage between its two times; <paramref name="note"/> says in a line what it produced.</summary>
    public async Task<T> StageAsync<T>(RetrainingStage stage, Func<Task<T>> work, Func<T, string> note)
    {
        Begin(stage);
        T result = await work();
        End(stage, StageStatus.Completed, note(result));
        return result;
    }

    /// <summary>Marks a stage as begun.</summary>
    public void Begin(RetrainingStage stage)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Stage.ValueSet(stage.ToString()));
        Change(stage, progress => progress with { Status = StageStatus.Running, StartedAt = Workflow.UtcNow });
    }

    /// <summary>Marks a stage as ended.</summary>
    public void End(RetrainingStage stage, StageStatus status, string note) =>
        Change(stage, progress => progress with { Status = status, FinishedAt = Workflow.UtcNow, Note = note });

    /// <summary>Closes the run with a verdict.</summary>
    public RetrainingState Close(RetrainingOutcome outcome, string reason)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Verdict.ValueSet(outcome.ToString()));
        Set(state => state with { Outcome = outcome, Reason = reason });
        return State;
    }

    private void Change(RetrainingStage stage, Func<StageProgress, StageProgress> change) => Set(state => state with
    {
        Stages = [.. state.Stages.Select(progress => progress.Stage == stage ? change(progress) : progress)],
    });
}
