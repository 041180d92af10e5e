using System.CommandLine;
using System.Globalization;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;
using Spectre.Console;
using Temporalio.Client;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle runs</c>: lists RetrainingRuns, newest first.</summary>
public static class RunsVerb
{
    /// <summary>One listed run.</summary>
    public sealed record Row(string Model, string RunId, string Status, string? Stage, string? Verdict, DateTime StartedAt, DateTime? ClosedAt);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<string?> model = new("--model") { Description = "Only runs of this model", HelpName = "NAME" };
        Option<int> limit = new("--limit") { Description = "Most runs to list", DefaultValueFactory = _ => 50 };
        return Verb.Create("runs", "List retraining runs, newest first", "runs", "runs --model disposable-domain --json")
            .Does([model, limit], async (parsed, output, cancellation) =>
            {
                ITemporalClient client = await GlobalOptions.ConnectionOf(parsed).ConnectAsync(cancellation);
                List<Row> rows = await ListAsync(client, parsed.GetValue(model), parsed.GetValue(limit), cancellation);
                output.Result(rows, console => Draw(console, rows));
                return ExitCodes.Success;
            });
    }

    private static async Task<List<Row>> ListAsync(ITemporalClient client, string? model, int limit, CancellationToken cancellation)
    {
        string query = $"WorkflowType = '{nameof(RetrainingWorkflow)}'";
        if (model is not null)
        {
            query += $" AND {LifecycleSearchAttributes.Model.Name} = '{model.Replace("'", "''", StringComparison.Ordinal)}'";
        }

        List<Row> rows = [];
        WorkflowListOptions options = new() { Limit = limit, Rpc = new() { CancellationToken = cancellation } };
        await foreach (WorkflowExecution run in client.ListWorkflowsAsync(query, options))
        {
            rows.Add(RowOf(run));
        }

        return rows;
    }

    private static Row RowOf(WorkflowExecution run)
    {
        var attributes = run.TypedSearchAttributes;
        return new Row(
            attributes.TryGetValue(LifecycleSearchAttributes.Model, out string? model) ? model : run.Id,
            run.RunId,
            run.Status.ToString(),
            attributes.TryGetValue(LifecycleSearchAttributes.Stage, out string? stage) ? stage : null,
            attributes.TryGetValue(LifecycleSearchAttributes.Verdict, out string? verdict) ? verdict : null,
            run.StartTime,
            run.CloseTime);
    }

    private static void Draw(IAnsiConsole console, List<Row> rows)
    {
        if (rows is [])
        {
            console.Line("no runs yet; start one with: lifecycle retrain <model>");
            return;
        }

        Table table = Texts.Table("model", "started", "time", "status", "stage", "verdict", "run");
        foreach (Row row in rows)
        {
            table.AddRow(
                new Text(row.Model), new Text(row.StartedAt.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                new Text(Texts.Duration(row.ClosedAt - row.StartedAt)), new Text(row.Status),
                new Text(row.Stage ?? ""), new Text(row.Verdict ?? ""), new Text(row.RunId));
        }

        console.Write(table);
    }
}
