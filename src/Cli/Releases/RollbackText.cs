using Lifecycle.Cli.Output;
using Lifecycle.Domain.Releases;
using Spectre.Console;

namespace Lifecycle.Cli.Releases;

/// <summary>Writes a rollback for people.</summary>
public static class RollbackText
{
    /// <summary>The whole rollback.</summary>
    public static void Draw(IAnsiConsole console, RollbackState state)
    {
        RollbackRequest request = state.Request;
        console.Line($"rollback of {request.Model} on {request.Channel}: {state.Outcome?.ToString() ?? "in flight"}{(state.Reason.Length > 0 ? $", {state.Reason}" : "")}");
        console.Line($"  asked for by {Texts.Visible(request.RequestedBy)}: {Texts.Visible(request.Reason)}");
        if (state.Proposal is { } proposal)
        {
            console.Line($"  from version {proposal.FromVersion} ({Texts.Short(proposal.FromReleaseDigest)}) to the publication of version {proposal.ToVersion} ({Texts.Short(proposal.To.ReleaseDigest)}, snapshot {proposal.Snapshot}), as version {proposal.ChannelVersion}");
            console.Line($"  proposal {proposal.Digest}");
            if (proposal.Evidence is { } evidence)
            {
                console.Line($"  evidence {evidence.Sha256}; see: lifecycle channel watch {request.Model} --channel {request.Channel} --version {proposal.FromVersion}");
            }
        }

        foreach (SignedDecision decision in state.Decisions)
        {
            console.Line($"  {decision.Statement.Decision} by {decision.Statement.Engineer} {Texts.Visible(decision.Statement.Reason)}");
        }

        if (state is { Outcome: null, Proposal: not null, Threshold: > 0 })
        {
            console.Line($"  needs {state.Threshold}; decide with: lifecycle approve {request.Model} --rollback --as <engineer>   or: lifecycle reject {request.Model} --rollback --as <engineer> --reason <text>");
        }
    }
}
