using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Watch;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Lifecycle.Workflows.Rollback;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Watching;

/// <summary>
/// Watches a new Champion against the one before: a look at each interval, until its time is up, another version is live, or
/// a bound is passed and a rollback asked for. Its id is <c>promotion-watch/&lt;model&gt;/&lt;channel&gt;/&lt;version&gt;</c>. It outlives the
/// RetrainingRun that started it.
/// </summary>
[Workflow]
public sealed class PromotionWatchWorkflow
{
    /// <summary>Who asks for the rollbacks of a watch.</summary>
    public const string Requester = "promotion-watch";

    private readonly StageActivities activities;
    private PromotionWatchState state;

    /// <summary>Makes the state, so that queries find it at once.</summary>
    [WorkflowInit]
    public PromotionWatchWorkflow(PromotionWatchRequest request)
    {
        state = new PromotionWatchState { Entry = request.Entry, Looks = request.Looks };
        activities = new StageActivities(request.HeartbeatTimeout);
    }

    /// <summary>Where the watch stands.</summary>
    [WorkflowQuery]
    public PromotionWatchState State => state;

    /// <summary>Looks until there is a reason to end.</summary>
    [WorkflowRun]
    public async Task<PromotionWatchState> RunAsync(PromotionWatchRequest request)
    {
        ChannelEntry entry = request.Entry;
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Model.ValueSet(entry.Model));
        PromotionWatchPlan plan = request.Plan ?? await Workflow.ExecuteActivityAsync(
            (IPromotionWatchActivity activity) => activity.OpenPromotionWatchAsync(entry),
            activities.Short($"read how version {entry.Version} is watched"));
        Set(state with { Policy = plan.Policy, Previous = plan.Previous });
        if (plan.Previous is null)
        {
            Set(state with { Reason = $"version {entry.Version} is the first: there is nothing to compare it with, and nothing to go back to" });
            return Finish(PromotionWatchOutcome.NothingBefore);
        }

        while (await PauseAsync(entry.MovedAt + plan.Policy.Duration, plan.Policy.Interval))
        {
            if (await LookAsync(new(entry, plan.Previous, plan.Policy, Workflow.UtcNow), request.HeartbeatTimeout) is { } outcome)
            {
                return Finish(outcome);
            }

            if (Workflow.ContinueAsNewSuggested)
            {
                PromotionWatchRequest next = request with { Plan = plan, Looks = state.Looks };
                throw Workflow.CreateContinueAsNewException((PromotionWatchWorkflow watch) => watch.RunAsync(next));
            }
        }

        Set(state with { Reason = $"watched for {plan.Policy.Duration.TotalHours:0.#} hours" });
        return Finish(PromotionWatchOutcome.Elapsed);
    }

    private static async Task<bool> PauseAsync(DateTimeOffset end, TimeSpan interval)
    {
        TimeSpan remaining = end - Workflow.UtcNow;
        if (remaining <= TimeSpan.Zero)
        {
            return false;
        }

        await Workflow.DelayWithOptionsAsync(new(interval < remaining ? interval : remaining, "next look", null));
        return true;
    }

    private async Task<PromotionWatchOutcome?> LookAsync(PromotionLook look, TimeSpan heartbeatTimeout)
    {
        PromotionLookResult result = await Workflow.ExecuteActivityAsync(
            (IPromotionWatchActivity activity) => activity.ComparePromotionAsync(look),
            activities.Long($"look {state.Looks + 1} at version {look.Entry.Version}"));
        if (result.Report is not { } report)
        {
            Set(state with { Reason = $"version {result.LiveVersion} is live" });
            return PromotionWatchOutcome.MovedOn;
        }

        Set(state with { Looks = state.Looks + 1, Report = report, Document = result.Document, Reason = "" });
        if (report.Verdict != PromotionVerdict.Breached || look.Policy.Rollback == RollbackReaction.None)
        {
            return null;
        }

        await AskForRollbackAsync(report, result, heartbeatTimeout);
        return PromotionWatchOutcome.RollbackRequested;
    }

    // Whether it is decided by engineers or by policy is said by the rollback's own activities, never by this request.
    private async Task AskForRollbackAsync(PromotionReport report, PromotionLookResult result, TimeSpan heartbeatTimeout)
    {
        RollbackRequest request = new()
        {
            Model = report.Model,
            Channel = report.Channel,
            FromVersion = report.Version,
            ToVersion = report.PreviousVersion,
            RequestedBy = Requester,
            Reason = string.Join("; ", report.Reasons),
            Evidence = result.Document,
            HeartbeatTimeout = heartbeatTimeout,
        };
        string id = WorkflowIds.Rollback(report.Model, report.Channel);
        try
        {
            await Workflow.StartChildWorkflowAsync(
                (RollbackWorkflow rollback) => rollback.RunAsync(request),
                new() { Id = id, ParentClosePolicy = ParentClosePolicy.Abandon, StaticSummary = $"rollback of {report.Channel} for {report.Model}" });
            Set(state with { Reason = request.Reason });
        }
        catch (WorkflowAlreadyStartedException)
        {
            Set(state with { Reason = $"{request.Reason}; {id} was in flight already" });
        }
    }

    private PromotionWatchState Finish(PromotionWatchOutcome outcome)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Verdict.ValueSet(outcome.ToString()));
        Set(state with { Outcome = outcome });
        return state;
    }

    private void Set(PromotionWatchState changed)
    {
        state = changed;
        Workflow.CurrentDetails = PromotionWatchDetails.Of(changed);
    }
}
