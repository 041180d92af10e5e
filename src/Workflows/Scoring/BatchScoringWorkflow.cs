using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Scoring;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Scoring;

/// <summary>
/// One batch scoring: pins the verified live model, cuts the rows into partitions and scores them, some at once. Every partition
/// is a call of its own, so a killed worker costs the partitions it had in work and nothing else. After 500 partitions the
/// batch goes on as a new execution with a short history.
/// </summary>
[Workflow]
public sealed class BatchScoringWorkflow
{
    private const int PartitionsPerExecution = 500;

    private readonly StageActivities activities;
    private ScoringState state;

    /// <summary>Makes the batch's state, so that a query finds it before the first call.</summary>
    [WorkflowInit]
    public BatchScoringWorkflow(ScoringRequest request)
    {
        activities = new StageActivities(request.HeartbeatTimeout);
        state = new ScoringState { Model = request.Model, Key = request.Key, Progress = request.Progress };
    }

    /// <summary>How far the batch has come.</summary>
    [WorkflowQuery]
    public ScoringState State => state;

    /// <summary>Plans the batch, scores its partitions and lists them.</summary>
    [WorkflowRun]
    public async Task<ScoringState> RunAsync(ScoringRequest request)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Model.ValueSet(request.Model));
        ScoringPlan plan = request.Progress?.Plan ?? await PlanAsync(request);
        state = state with { Progress = request.Progress ?? new ScoringProgress { Plan = plan } };
        Tell();

        int first = state.Progress!.NextPartition;
        int end = Math.Min(first + PartitionsPerExecution, plan.PartitionCount);
        await ScoreAsync(request, plan, first, end);
        state = state with { Progress = state.Progress with { NextPartition = end } };
        if (end < plan.PartitionCount)
        {
            ScoringRequest rest = request with { Progress = state.Progress };
            throw Workflow.CreateContinueAsNewException((BatchScoringWorkflow batch) => batch.RunAsync(rest));
        }

        CollectInput collect = new(request.Model, request.Key, plan);
        ArtifactRef manifest = await Workflow.ExecuteActivityAsync(
            (IScoringActivity activity) => activity.CollectScoresAsync(collect), activities.Long("list the partitions"));
        state = state with { Manifest = manifest };
        return state;
    }

    private Task<ScoringPlan> PlanAsync(ScoringRequest request)
    {
        PlanInput input = new(request, request.Time ?? Workflow.UtcNow);
        return Workflow.ExecuteActivityAsync(
            (IScoringActivity activity) => activity.PlanScoringAsync(input), activities.Long($"plan {request.Key}"));
    }

    private async Task ScoreAsync(ScoringRequest request, ScoringPlan plan, int first, int end)
    {
        using CancellationTokenSource failed = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
        Temporalio.Workflows.Semaphore slots = new(Math.Max(1, request.Parallelism));
        await Workflow.WhenAllAsync(Enumerable.Range(first, end - first).Select(index => ScoreAsync(request, plan, index, slots, failed)));
    }

    private async Task ScoreAsync(
        ScoringRequest request, ScoringPlan plan, int index, Temporalio.Workflows.Semaphore slots, CancellationTokenSource failed)
    {
        await slots.WaitAsync(failed.Token);
        try
        {
            PartitionInput input = new(request.Model, request.Key, plan, index) { KnownTime = request.Log ? Workflow.UtcNow : null };
            ScoredPartition partition = await Workflow.ExecuteActivityAsync(
                (IScoringActivity activity) => activity.ScorePartitionAsync(input),
                activities.Long($"score partition {index + 1} of {plan.PartitionCount}"));
            state = state with { Progress = state.Progress!.With(partition) };
            Tell();
        }
        catch
        {
            // One partition that can never be scored ends the batch: those that have not begun do not begin.
            Stop(failed);
            throw;
        }
        finally
        {
            slots.Release();
        }
    }

    // Workflow code is synchronous here: CancelAsync would leave the workflow's scheduler.
    private static void Stop(CancellationTokenSource others) => others.Cancel();

    private void Tell() => Workflow.CurrentDetails =
        $"### {state.Model}: batch {state.Key}\n\n{state.Progress!.DoneCount} of {state.Progress.Plan.PartitionCount} partitions, "
        + $"{state.Progress.RowCount} rows, of which {state.Progress.Refusals.Count} refused; model `{state.Progress.Plan.Champion.Publication.ModelDigest}`";
}
