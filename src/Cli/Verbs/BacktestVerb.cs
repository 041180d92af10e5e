using System.CommandLine;
using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Connections;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Runs;
using Lifecycle.Domain.Backtests;
using Lifecycle.Domain.Files;
using Lifecycle.Storage;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Backtesting;
using Spectre.Console;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle backtest</c>: what the stages up to the gate would have said, snapshot by snapshot.</summary>
public static class BacktestVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        Option<string?> from = new("--from") { Description = "The first snapshot (default: the oldest; with --shuffle-labels the last one alone)", HelpName = "ID" };
        Option<string?> to = new("--to") { Description = "The last snapshot (default: the newest)", HelpName = "ID" };
        Option<FileInfo?> page = new("--out") { Description = "Write the table as a page into this file; implies --wait", HelpName = "FILE" };
        Option<bool> shuffle = new("--shuffle-labels") { Description = "Train on shuffled labels instead, which must not help: exit 1 when a model is better than a constant" };
        Option<bool> wait = new("--wait") { Description = "Follow the backtest until it ends" };
        return Verb.Create(
            "backtest", "Go through a model's snapshots as its releases would have: no approval, no publication, a table of verdicts",
            "backtest disposable-domain --wait",
            "backtest disposable-domain --from 2019-12 --to 2021-06 --out backtest.html",
            "backtest bird-strike --shuffle-labels --wait",
            "backtest disposable-domain --wait --json")
            .Does([model, from, to, page, shuffle, wait], async (parsed, output, cancellation) =>
            {
                BacktestRequest request = new()
                {
                    Model = parsed.GetValue(model)!,
                    From = parsed.GetValue(from),
                    To = parsed.GetValue(to),
                    ShuffleLabels = parsed.GetValue(shuffle),
                };
                EngineLine line = await EngineLine.OpenAsync(GlobalOptions.ConnectionOf(parsed), cancellation);
                WorkflowHandle<BacktestWorkflow, BacktestState> backtest = await StartAsync(line.Client, request, cancellation);
                FileInfo? file = parsed.GetValue(page);
                if (!parsed.GetValue(wait) && file is null)
                {
                    output.Result(new { workflowId = backtest.Id, runId = backtest.ResultRunId }, console => console.Line($"{backtest.Id} is in flight; the same command with --wait follows it"));
                    return ExitCodes.Success;
                }

                BacktestState state = await FollowAsync(line, backtest, output.Progress, cancellation);
                if (file is not null)
                {
                    IBlobStore store = await BlobRooms.OpenStoreAsync(GlobalOptions.BlobOf(parsed), cancellation);
                    ArtifactStore artifacts = new(store, Path.Combine(GlobalOptions.HomeOf(parsed).Scratch, "artifacts"));
                    DurableFiles.Local.Write(file.FullName, await artifacts.ReadAsync(state.Page!, cancellation));
                }

                output.Result(state, console => Draw(console, state, file));
                return state.Count(BacktestOutcome.LabelsLeak) == 0 ? ExitCodes.Success : ExitCodes.Negative;
            });
    }

    private static async Task<WorkflowHandle<BacktestWorkflow, BacktestState>> StartAsync(ITemporalClient client, BacktestRequest request, CancellationToken cancellation)
    {
        var started = await client.StartWorkflowAsync(
            (BacktestWorkflow backtest) => backtest.RunAsync(request),
            new(WorkflowIds.Backtest(request.Model), TaskQueues.Lifecycle)
            {
                IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
                StaticSummary = $"backtest of {request.Model}",
                Rpc = new() { CancellationToken = cancellation },
            });
        BacktestRequest begun = await BegunRequest.ReadAsync<BacktestRequest>(started, cancellation);
        return (begun.From, begun.To, begun.ShuffleLabels) == (request.From, request.To, request.ShuffleLabels)
            ? started
            : throw new CommandException(ExitCodes.BadInput, $"a backtest of {request.Model} over other snapshots{(begun.ShuffleLabels ? ", on shuffled labels," : "")} is in flight; wait for it, or end it: temporal workflow cancel --workflow-id {started.Id}");
    }

    private static Task<BacktestState> FollowAsync(
        EngineLine line, WorkflowHandle<BacktestWorkflow, BacktestState> backtest, Action<string> tell, CancellationToken cancellation)
    {
        WorkflowFollower<BacktestWorkflow, BacktestState> follower = new(line, backtest.Id, backtest.ResultRunId, tell, TimeProvider.System);
        int told = 0;
        string? begun = null;
        return follower.FollowAsync(workflow => workflow.State, See, _ => false, cancellation);

        void See(BacktestState state)
        {
            foreach (BacktestPeriod period in state.Periods.Skip(told))
            {
                follower.Tell($"{period.Snapshot}: {Texts.Ended(period.Outcome.ToString(), period.Reason)}");
            }

            told = state.Periods.Length;
            if (state.InWork is { } inWork && begun != $"{inWork} {state.Stage}")
            {
                begun = $"{inWork} {state.Stage}";
                follower.Tell(string.Create(CultureInfo.InvariantCulture, $"{inWork} ({told + 1} of {state.Total}): {state.Stage} ..."));
            }
        }
    }

    private static void Draw(IAnsiConsole console, BacktestState state, FileInfo? page)
    {
        Table table = Texts.Table("period", "verdict", "trained on", "judged on", "loss", "champion", "its loss", "reference's");
        foreach (BacktestPeriod period in state.Periods)
        {
            table.AddRow(
                new Text(period.Snapshot), new Text($"{period.Outcome}"), Rows(period.TrainingRows), Rows(period.HoldoutRows),
                Loss(period.Loss), new Text(period.Champion ?? ""), Loss(period.ChampionLoss), Loss(period.ReferenceLoss));
        }

        console.Write(table);
        foreach (BacktestPeriod period in state.Periods.Where(period => period.Outcome is BacktestOutcome.NothingLearnt or BacktestOutcome.LabelsLeak))
        {
            console.Line($"{period.Snapshot}: {period.Reason}");
        }

        foreach (BacktestOutcome outcome in Enum.GetValues<BacktestOutcome>().Where(outcome => state.Count(outcome) > 0))
        {
            console.Line(string.Create(CultureInfo.InvariantCulture, $"{state.Count(outcome)} {outcome}"));
        }

        if (page is not null)
        {
            console.Line($"page: {page.FullName}");
        }
    }

    private static Text Rows(long? rows) => new(rows?.ToString("N0", CultureInfo.InvariantCulture) ?? "");

    private static Text Loss(double? loss) => new(loss?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "");
}
