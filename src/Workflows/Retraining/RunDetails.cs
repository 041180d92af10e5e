using System.Globalization;
using System.Text;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;

namespace Lifecycle.Workflows.Retraining;

/// <summary>Writes a run's state as Markdown, for the details pane of Temporal UI. Pure.</summary>
public static class RunDetails
{
    /// <summary>The details of <paramref name="state"/>.</summary>
    public static string Of(RetrainingState state)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"### {state.Model}: {Headline(state)}\n\n");
        foreach (TriggerReason trigger in state.Triggers)
        {
            text.Append(CultureInfo.InvariantCulture, $"- trigger: {trigger.Kind} by {MoveGrounds.Describe(trigger.RequestedBy, state.IsVerified(trigger))} {trigger.Note}\n");
        }

        text.Append("\n| stage | status | |\n|---|---|---|\n");
        foreach (StageProgress stage in state.Stages)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {stage.Stage} | {stage.Status} | {stage.Note} |\n");
        }

        AppendApprovalHelp(text, state);
        return text.ToString();
    }

    private static string Headline(RetrainingState state) => state.Outcome is { } outcome
        ? $"{outcome}. {state.Reason}"
        : state.Stages.FirstOrDefault(stage => stage.Status == StageStatus.Running)?.Stage.ToString() ?? "starting";

    private static void AppendApprovalHelp(StringBuilder text, RetrainingState state)
    {
        if (state.Release is not { } release || state.Outcome is not null)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\nRelease `{release.Digest}` for channel {release.Channel}, version {release.ChannelVersion}.\n");
        foreach (SignedDecision decision in state.Decisions)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {decision.Statement.Decision} by {decision.Statement.Engineer} {decision.Statement.Reason}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nDecide with `lifecycle approve {state.Model}` or `lifecycle reject {state.Model}`.\n");
    }
}
