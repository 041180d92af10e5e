using System.Globalization;
using System.Text;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Workflows.Rollback;

/// <summary>Writes a rollback as Markdown, for the details pane of Temporal UI. Pure.</summary>
public static class RollbackDetails
{
    /// <summary>The details of <paramref name="state"/>.</summary>
    public static string Of(RollbackState state)
    {
        RollbackRequest request = state.Request;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"### {request.Model} on {request.Channel}: rollback, {state.Outcome?.ToString() ?? "in flight"}. {state.Reason}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"asked for by {MoveGrounds.Describe(request.RequestedBy, state.Proposal is { IsRequesterVerified: true })}: {request.Reason}\n");
        if (state.Proposal is { } proposal)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nProposal `{proposal.Digest}`: from version {proposal.FromVersion} to the publication of version {proposal.ToVersion}, as version {proposal.ChannelVersion}. {proposal.Unmeasured}\n");
        }

        foreach (SignedDecision decision in state.Decisions)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {decision.Statement.Decision} by {decision.Statement.Engineer} {decision.Statement.Reason}\n");
        }

        if (state is { Outcome: null, Proposal: not null, Threshold: > 0 })
        {
            text.Append(CultureInfo.InvariantCulture, $"\nNeeds {state.Threshold}. Decide with `lifecycle approve {request.Model} --rollback --channel {request.Channel}` or `lifecycle reject {request.Model} --rollback --channel {request.Channel}`.\n");
        }

        return text.ToString();
    }
}
