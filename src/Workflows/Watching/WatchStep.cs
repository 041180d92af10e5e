using Lifecycle.Domain.Alerts;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows.Calls;
using Lifecycle.Workflows.Contracts;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Lifecycle.Workflows.Watching;

/// <summary>Takes one window through measurement, decision, page and, where the decision asks for it, launch.</summary>
internal sealed class WatchStep(RunDefinition definition, ChannelEntry live, StageActivities calls)
{
    /// <summary>Judges a window.</summary>
    public async Task<WatchedWindow> JudgeAsync(DueWindow due)
    {
        string window = due.Window.Id;
        WatchInput measured = new(definition, live, due.Window);
        DriftReport report = await Workflow.ExecuteActivityAsync(
            (IWatchActivity activity) => activity.MeasureWindowAsync(measured), calls.Long($"measure {window}"));
        DecisionRequest asked = new(definition, live, report, Workflow.UtcNow);
        DriftDecision decision = await Workflow.ExecuteActivityAsync(
            (IWatchActivity activity) => activity.DecideWindowAsync(asked), calls.Short($"decide about {window}"));
        Workflow.UpsertTypedSearchAttributes(LifecycleSearchAttributes.Verdict.ValueSet(decision.Verdict.ToString()));

        // The run before the page: a page that cannot be drawn must not keep a decision from its effect.
        (LaunchResult? launched, string refusal) = decision.Verdict == DriftVerdict.Retrain ? await LaunchAsync(decision, due) : (null, "");
        string reason = refusal.Length == 0 ? decision.Reasons[0] : $"{decision.Reasons[0]} No run was started: {refusal}";
        WatchObservation observation = WatchObservation.Of(report, decision.DecidedAt) with
        {
            Decision = decision.Verdict.ToString(), Reason = reason, DecisionId = decision.Id,
        };
        await Workflow.ExecuteActivityAsync((IAlertActivity activity) => activity.ReportWatchAsync(observation), calls.Short($"tell the alerts of {decision.Id}"));
        DriftPageInput page = new(report, decision);
        await Workflow.ExecuteActivityAsync((IWatchActivity activity) => activity.DrawDriftPageAsync(page), calls.Short($"draw the page of {decision.Id}"));
        return new WatchedWindow(window, report.Level, decision.Id, decision.Verdict, reason, launched?.RunId);
    }

    // A run that nobody could approve is refused by the door: that is told with the decision, and the next window is judged.
    private async Task<(LaunchResult? Launched, string Refusal)> LaunchAsync(DriftDecision decision, DueWindow due)
    {
        RetrainingRequest request = new()
        {
            Model = definition.Model,
            Snapshot = due.Snapshot,
            Trigger = decision.ToTrigger() with { Id = decision.Id },
        };
        try
        {
            return (await Workflow.ExecuteActivityAsync(
                (ILaunchActivity activity) => activity.LaunchRetrainingAsync(request), calls.Short($"launch for {decision.Id}")), "");
        }
        catch (ActivityFailureException failure)
            when (failure.InnerException is ApplicationFailureException { ErrorType: FailureTypes.RequestRefused } refused)
        {
            return (null, refused.Message);
        }
    }
}
