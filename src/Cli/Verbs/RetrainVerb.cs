using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Cli.Releases;
using Lifecycle.Client.Following;
using Lifecycle.Client.Runs;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows.Contracts;
using Spectre.Console;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle retrain</c>: starts a RetrainingRun, or joins the one in flight.</summary>
public static class RetrainVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        Option<string?> snapshot = new("--snapshot") { Description = "DataSnapshot to take (default: the newest in model.yaml)", HelpName = "ID" };
        RequesterOptions requester = new(isRequired: false);
        ChannelOption channel = new("Release channel that a signed request is about");
        Option<string> note = new("--note") { Description = "Why, in a sentence", DefaultValueFactory = _ => "", HelpName = "TEXT" };
        Option<bool> compare = new("--compare-splits") { Description = "Train a second model on a random split too, for the report; where rows are split by time" };
        Option<bool> wait = new("--wait") { Description = "Follow the run until it ends; exit 1 unless it was promoted" };
        return Verb.Create(
            "retrain", "Start a retraining run of a model, or join the one in flight",
            "retrain disposable-domain --snapshot 2020-05", "retrain disposable-domain --as ada --note \"new lists\"", "retrain disposable-domain --wait --json",
            "retrain bird-strike --compare-splits --wait")
            .Does([model, snapshot, .. requester.All, channel.Option, note, compare, wait], async (parsed, output, cancellation) =>
            {
                RetrainingRequest request = new()
                {
                    Model = parsed.GetValue(model)!,
                    Snapshot = parsed.GetValue(snapshot),
                    CompareSplits = parsed.GetValue(compare),
                    Trigger = new() { RequestedBy = requester.NameOf(parsed), Note = parsed.GetValue(note)! },
                };
                AskedFor asked = request.Asks(channel.Of(parsed, request.Model));
                request = request with { Trigger = request.Trigger with { Signed = requester.Sign(parsed, asked) } };
                EngineLine line = await EngineLine.OpenAsync(GlobalOptions.ConnectionOf(parsed), cancellation);
                LaunchResult launched = await RetrainingLaunch.StartAsync(line, request, output.Progress, cancellation);
                return parsed.GetValue(wait)
                    ? await FollowAsync(line, launched, request, output, cancellation)
                    : Report(launched, output);
            });
    }

    private static int Report(LaunchResult launched, CommandOutput output)
    {
        output.Result(launched, console => console.Line($"{launched.WorkflowId} is in flight, run {launched.RunId}"));
        return ExitCodes.Success;
    }

    private static async Task<int> FollowAsync(
        EngineLine line, LaunchResult launched, RetrainingRequest request, CommandOutput output, CancellationToken cancellation)
    {
        RunFollower follower = new(line, launched.WorkflowId, launched.RunId, stage => RunTables.Line(request.Model, stage), output.Progress);
        RetrainingState state = await follower.FollowAsync(_ => false, cancellation);
        output.Result(state, console => RunTables.Draw(console, state));
        if (request.Snapshot is not null && state.Snapshot is { } taken && taken.Id != request.Snapshot)
        {
            throw new CommandException(
                ExitCodes.Negative, $"a run of snapshot {taken.Id} was in flight and got your reason; ask for {request.Snapshot} again now");
        }

        if (request.CompareSplits && state.Evaluation is { RandomSplit: null })
        {
            throw new CommandException(ExitCodes.Negative, "a run that compares no splits was in flight and got your reason; ask with --compare-splits again now");
        }

        return state.Outcome == RetrainingOutcome.Promoted ? ExitCodes.Success : ExitCodes.Negative;
    }
}
