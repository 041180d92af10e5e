using Lifecycle.Cli.Output;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Releases;
using Spectre.Console;

namespace Lifecycle.Cli.Releases;

/// <summary>Writes a cold start for people: before all else, what was not measured.</summary>
public static class ColdStartText
{
    private const int MaximumReasonLength = 1_000;

    /// <summary>The whole cold start.</summary>
    public static void Draw(IAnsiConsole console, ColdStartState state, string? failure = null)
    {
        ColdStartRequest request = state.Request;
        console.Line($"cold start of {request.Model}: {state.Outcome?.ToString() ?? failure ?? "in flight"}{(state.Reason.Length > 0 ? $", {Texts.Visible(state.Reason, MaximumReasonLength)}" : "")}");
        console.Line($"  asked for by {Texts.Visible(MoveGrounds.Describe(request.RequestedBy, state.IsRequesterVerified))}{(request.Note.Length > 0 ? $": {Texts.Visible(request.Note, MaximumReasonLength)}" : "")}");
        if (!state.AlsoRequestedBy.IsEmpty)
        {
            console.Line($"  and by {string.Join(", ", state.AlsoRequestedBy.Select(name => Texts.Visible(MoveGrounds.Describe(name, state.VerifiedRequesters.Contains(name)))))} while it was in flight");
        }

        if (state.Reference?.Evaluation.Unmeasured is { } unmeasured)
        {
            console.Line($"  {unmeasured}");
        }

        foreach (BlessingReason reason in state.Blessing?.Reasons ?? [])
        {
            console.Line($"  {reason.Verdict}: {reason.Rule}. {reason.Sentence}");
        }

        DrawDecisions(console, state, failure);
    }

    private static void DrawDecisions(IAnsiConsole console, ColdStartState state, string? failure)
    {
        if (state.Release is { } release)
        {
            console.Line($"  release {release.Digest} for {release.Channel}, version {release.ChannelVersion}");
        }

        foreach (SignedDecision decision in state.Decisions)
        {
            console.Line($"  {decision.Statement.Decision} by {decision.Statement.Engineer} {Texts.Visible(decision.Statement.Reason)}");
        }

        if (failure is null && state is { Outcome: null, Release: not null })
        {
            console.Line($"  needs {state.Threshold}; decide with: lifecycle approve {state.Request.Model} --cold-start --as <engineer>   or: lifecycle reject {state.Request.Model} --cold-start --as <engineer> --reason <text>");
        }
    }
}
