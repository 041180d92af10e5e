using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Releases;
using Spectre.Console;

namespace Lifecycle.Cli.Releases;

/// <summary>Writes a rollback for people.</summary>
public static class RollbackText
{
    private const int MaximumReasonLength = 1_000;

    /// <summary>The whole rollback.</summary>
    public static void Draw(IAnsiConsole console, RollbackState state, string? failure = null)
    {
        RollbackRequest request = state.Request;
        console.Line($"rollback of {request.Model} on {request.Channel}: {state.Outcome?.ToString() ?? failure ?? "in flight"}{(state.Reason.Length > 0 ? $", {state.Reason}" : "")}");
        console.Line($"  asked for by {Texts.Visible(MoveGrounds.Describe(request.RequestedBy, state.Proposal is { IsRequesterVerified: true }))}: {Texts.Visible(request.Reason, MaximumReasonLength)}");
        if (state.Proposal is { } proposal)
        {
            console.Line($"  from version {proposal.FromVersion} ({Texts.Short(proposal.FromReleaseDigest)}) to the publication of version {proposal.ToVersion} ({Texts.Short(proposal.To.ReleaseDigest)}, snapshot {proposal.Snapshot}), as version {proposal.ChannelVersion}");
            if (proposal.Unmeasured is { } unmeasured)
            {
                console.Line($"  {unmeasured}");
            }

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

        if (failure is null && state is { Outcome: null, Proposal: not null, Threshold: > 0 })
        {
            console.Line($"  needs {state.Threshold}; decide with: lifecycle approve {request.Model} --rollback{ChannelOption.Hint(request.Channel)} --as <engineer>   or: lifecycle reject {request.Model} --rollback{ChannelOption.Hint(request.Channel)} --as <engineer> --reason <text>");
        }
    }
}
