using System.Globalization;
using System.Text;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Workflows.ColdStart;

/// <summary>Writes a cold start as Markdown, for the details pane of Temporal UI. Pure.</summary>
public static class ColdStartDetails
{
    /// <summary>The details of <paramref name="state"/>.</summary>
    public static string Of(ColdStartState state)
    {
        ColdStartRequest request = state.Request;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"### {request.Model}: cold start, {state.Outcome?.ToString() ?? "in flight"}. {state.Reason}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"asked for by {MoveGrounds.Describe(request.RequestedBy, state.IsRequesterVerified)} {request.Note}\n");
        if (state.Reference is { } reference)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n**{reference.Evaluation.Unmeasured}**\n\nReference: {reference.Description}.\n");
        }

        foreach (BlessingReason reason in state.Blessing?.Reasons ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"- {reason.Rule}: {reason.Verdict}. {reason.Sentence}\n");
        }

        AppendDecisions(text, state);
        return text.ToString();
    }

    private static void AppendDecisions(StringBuilder text, ColdStartState state)
    {
        if (state.Release is not { } release || state.Outcome is not null)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\nRelease `{release.Digest}` for channel {release.Channel}, version {release.ChannelVersion}. Needs {state.Threshold}.\n");
        foreach (SignedDecision decision in state.Decisions)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {decision.Statement.Decision} by {decision.Statement.Engineer} {decision.Statement.Reason}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nDecide with `lifecycle approve {state.Request.Model} --cold-start` or `lifecycle reject {state.Request.Model} --cold-start`.\n");
    }
}
