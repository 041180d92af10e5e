using System.Collections.Immutable;
using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Watching;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Watching;
using Lifecycle.Definitions;
using Lifecycle.Domain.Drift;
using Lifecycle.Publishing.Watching;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle drift</c>: what was decided on a model's traffic, why, and what another policy would have decided.</summary>
public static class DriftVerb
{
    /// <summary>The command with its parts; without one of them it shows the newest decision.</summary>
    public static Command Create()
    {
        Argument<string> model = Model();
        model.Arity = ArgumentArity.ZeroOrOne;
        Command drift = Verb.Create(
            "drift", "What was decided on a model's served traffic, and why; with a model alone, its newest decision",
            "drift tracker-host", "drift history tracker-host", "drift explain tracker-host-000042", "drift replay tracker-host --policy stricter.yaml");
        drift.Subcommands.Add(CreateShow());
        drift.Subcommands.Add(CreateHistory());
        drift.Subcommands.Add(CreateExplain());
        drift.Subcommands.Add(CreateReplay());
        return drift.Does([model], (parsed, output, cancellation) => ShowAsync(
            parsed, output, parsed.GetValue(model) ?? throw new CommandException(
                ExitCodes.BadInput, "'drift' needs the name of a model, or one of show, history, explain and replay; see 'lifecycle drift --help'"),
            cancellation));
    }

    private static Argument<string> Model() => new("model") { Description = "Name of the model" };

    private static Command CreateShow()
    {
        Argument<string> model = Model();
        return Verb.Create("show", "Show the newest decision; the same as 'drift MODEL'", "drift show tracker-host", "drift show tracker-host --json")
            .Does([model], (parsed, output, cancellation) => ShowAsync(parsed, output, parsed.GetValue(model)!, cancellation));
    }

    private static Command CreateHistory()
    {
        Argument<string> model = Model();
        Option<bool> verify = new("--verify") { Description = "Look for gaps and alterations too; exit 1 when there are any" };
        return Verb.Create("history", "List all decisions, newest first", "drift history tracker-host", "drift history tracker-host --verify")
            .Does([model, verify], async (parsed, output, cancellation) =>
            {
                DriftJournal journal = await OpenAsync(parsed, cancellation);
                ImmutableArray<DriftDecision> history = await RequireHistoryAsync(journal, parsed.GetValue(model)!, cancellation);
                DriftChain? chain = parsed.GetValue(verify) ? await journal.VerifyChainAsync(parsed.GetValue(model)!, cancellation) : null;
                output.Result(new DriftHistory([.. history.Reverse()], chain), console => DriftTables.History(console, history, chain));
                return chain is null or { Defects: [] } ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    private static Command CreateExplain()
    {
        Argument<string> id = new("id") { Description = "Identifier of a decision, from 'drift history'" };
        Option<FileInfo?> page = new("--page") { Description = "Write the drift report with this decision to a file, a self-contained HTML page", HelpName = "FILE" };
        return Verb.Create(
            "explain", "Show all that led to a decision, and the run that it asked for",
            "drift explain tracker-host-000042", "drift explain tracker-host-000042 --page report.html", "drift explain tracker-host-000042 --json")
            .Does([id, page], async (parsed, output, cancellation) =>
            {
                DriftJournal journal = await OpenAsync(parsed, cancellation);
                DriftDecision decision = await journal.FindAsync(parsed.GetValue(id)!, cancellation)
                    ?? throw new CommandException(ExitCodes.BadInput, $"no decision has the id {Output.Texts.Visible(parsed.GetValue(id)!)}; 'lifecycle drift history MODEL' lists them");
                string? reached = await ReachedRun.FindAsync(GlobalOptions.ConnectionOf(parsed), decision, cancellation);
                DriftExplanation explanation = DriftExplanation.Of(decision, await journal.HistoryAsync(decision.Model, cancellation), reached);
                if (parsed.GetValue(page) is { } file)
                {
                    await DriftPageFile.WriteAsync(GlobalOptions.BlobOf(parsed), decision, file, cancellation);
                    output.Progress($"the page is {file.FullName}");
                }

                output.Result(explanation, console => DriftTables.Explanation(console, explanation));
                return ExitCodes.Success;
            });
    }

    private static Command CreateReplay()
    {
        Argument<string> model = Model();
        Option<string> policy = new("--policy") { Description = "File with the keys of watch.policy", Required = true, HelpName = "FILE" };
        return Verb.Create(
            "replay", "What another policy would have decided on the recorded history; exit 1 when any verdict differs",
            "drift replay tracker-host --policy stricter.yaml", "drift replay tracker-host --policy stricter.yaml --json")
            .Does([model, policy], async (parsed, output, cancellation) =>
            {
                DriftPolicy other = DriftPolicyReader.Read(parsed.GetValue(policy)!);
                DriftJournal journal = await OpenAsync(parsed, cancellation);
                ImmutableArray<DriftDecision> history = await RequireHistoryAsync(journal, parsed.GetValue(model)!, cancellation);
                DriftReplayed replayed = DriftReplayed.Of(parsed.GetValue(model)!, DriftReplay.Under(other, history));
                output.Result(replayed, console => DriftTables.Replay(console, replayed));
                return replayed.Differences is [] ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    private static async Task<int> ShowAsync(ParseResult parsed, Output.CommandOutput output, string model, CancellationToken cancellation)
    {
        DriftDecision decision = await (await OpenAsync(parsed, cancellation)).ReadAsync(model, cancellation) ?? throw Nothing(model);
        output.Result(decision, console => DriftTables.Decision(console, decision));
        return ExitCodes.Success;
    }

    private static async Task<DriftJournal> OpenAsync(ParseResult parsed, CancellationToken cancellation) =>
        new(await BlobRooms.OpenStoreAsync(GlobalOptions.BlobOf(parsed), cancellation));

    private static async Task<ImmutableArray<DriftDecision>> RequireHistoryAsync(DriftJournal journal, string model, CancellationToken cancellation) =>
        await journal.HistoryAsync(model, cancellation) is { Length: > 0 } history ? history : throw Nothing(model);

    private static CommandException Nothing(string model) => new(
        ExitCodes.Negative, $"nothing was ever decided for {model}; once it is live and has served traffic, look with: lifecycle watch {model}");
}
