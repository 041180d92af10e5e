using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Promotions;
using Lifecycle.Domain.Releases;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Rollback;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Watching;

/// <summary>
/// Watches a new Champion against the one before: a look at each interval, until its time is up, another version is live, or
/// harm is shown and a rollback asked for. Its id is <c>promotion-watch/&lt;model&gt;/&lt;channel&gt;/&lt;version&gt;</c>. It outlives the
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
        state = request.State ?? new PromotionWatchState { Entry = request.Entry };
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
        if (request.State is null)
        {
            PromotionWatchPlan plan = await Workflow.ExecuteActivityAsync(
                (IPromotionWatchActivity activity) => activity.OpenPromotionWatchAsync(entry),
                activities.Short($"read how version {entry.Version} is watched"));
            Set(state with { Policy = plan.Policy, Previous = plan.Previous });
        }

        if (state is not { Policy: { } policy, Previous: { } previous })
        {
            return Finish(PromotionWatchOutcome.NothingBefore, $"no measured version was live before version {entry.Version}: there is nothing to compare it with, and nothing to go back to");
        }

        while (await PauseAsync(entry.MovedAt + policy.Duration, policy.Interval))
        {
            if (await LookAsync(new(entry, previous, policy, Workflow.UtcNow), request.HeartbeatTimeout) is { } outcome)
            {
                return Finish(outcome, state.Reason);
            }

            if (Workflow.ContinueAsNewSuggested)
            {
                PromotionWatchRequest next = request with { State = state };
                throw Workflow.CreateContinueAsNewException((PromotionWatchWorkflow watch) => watch.RunAsync(next));
            }
        }

        return Finish(PromotionWatchOutcome.Elapsed, $"watched for {policy.Duration:c}{(state.Reason.Length == 0 ? "" : $"; {state.Reason}")}");
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

    // A look that failed for good, over a broken part of the log for one, is no reason to stop looking.
    private async Task<PromotionWatchOutcome?> LookAsync(PromotionLook look, TimeSpan heartbeatTimeout)
    {
        Set(state with { Looks = state.Looks + 1, Reason = "" });
        try
        {
            PromotionLookResult result = await Workflow.ExecuteActivityAsync(
                (IPromotionWatchActivity activity) => activity.ComparePromotionAsync(look),
                activities.Long($"look {state.Looks} at version {look.Entry.Version}"));
            return await ReactAsync(look.Policy, result, heartbeatTimeout);
        }
        catch (ActivityFailureException failure) when (failure.InnerException is ApplicationFailureException known)
        {
            Set(state with { Reason = $"look {state.Looks} failed: {known.Message}" });
            return null;
        }
    }

    private async Task<PromotionWatchOutcome?> ReactAsync(PromotionWatchPolicy policy, PromotionLookResult result, TimeSpan heartbeatTimeout)
    {
        if (result.Report is not { } report)
        {
            Set(state with { Reason = $"version {result.LiveVersion} is live" });
            return PromotionWatchOutcome.MovedOn;
        }

        Set(state with { Report = report, Document = result.Document });
        if (report.Verdict != PromotionVerdict.Breached || policy.Rollback == RollbackReaction.None)
        {
            return null;
        }

        if (PromotionRules.ShowsHarm(report, policy))
        {
            return await AskForRollbackAsync(report, result.Document, heartbeatTimeout) ? PromotionWatchOutcome.RollbackRequested : null;
        }

        // Other answers are a question to people, asked once; the watch goes on, since labels may yet show harm.
        if (policy.Rollback == RollbackReaction.Propose && !state.HasAskedAboutShift)
        {
            bool asked = await AskForRollbackAsync(report, result.Document, heartbeatTimeout);
            Set(state with { HasAskedAboutShift = asked });
        }

        return null;
    }

    // Whether it is decided by engineers or by policy is said by the rollback's own activities, never by this request.
    private async Task<bool> AskForRollbackAsync(PromotionReport report, ArtifactRef? document, TimeSpan heartbeatTimeout)
    {
        RollbackRequest request = new()
        {
            Model = report.Model,
            Channel = report.Channel,
            FromVersion = report.Version,
            ToVersion = report.PreviousVersion,
            RequestedBy = Requester,
            Reason = string.Join("; ", report.Reasons),
            Evidence = document,
            HeartbeatTimeout = heartbeatTimeout,
        };
        string id = WorkflowIds.Rollback(report.Model, report.Channel);
        try
        {
            await Workflow.StartChildWorkflowAsync(
                (RollbackWorkflow rollback) => rollback.RunAsync(request),
                new() { Id = id, ParentClosePolicy = ParentClosePolicy.Abandon, StaticSummary = $"rollback of {report.Channel} for {report.Model}" });
            Set(state with { Reason = request.Reason });
            return true;
        }
        catch (WorkflowAlreadyStartedException)
        {
            Set(state with { Reason = $"{request.Reason}; {id} is in flight already, and is asked for again at the next look" });
            return false;
        }
    }

    private PromotionWatchState Finish(PromotionWatchOutcome outcome, string reason)
    {
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Verdict.ValueSet(outcome.ToString()));
        Set(state with { Outcome = outcome, Reason = reason });
        return state;
    }

    private void Set(PromotionWatchState changed)
    {
        state = changed;
        Workflow.CurrentDetails = PromotionWatchDetails.Of(changed);
    }
}
