using System.CommandLine;
using Lifecycle.Cli.Runs;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;
using Temporalio.Client;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle show</c>: one RetrainingRun, whole.</summary>
public static class ShowVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "Name of a model (its latest run) or a run id from 'lifecycle runs'" };
        return Verb.Create("show", "Show a retraining run: stages, verdicts, decisions", "show disposable-domain", "show 0190a1b2-... --json")
            .Does([run], async (parsed, output, cancellation) =>
            {
                ITemporalClient client = await GlobalOptions.ConnectionOf(parsed).ConnectAsync(cancellation);
                var handle = await FindAsync(client, parsed.GetValue(run)!, cancellation);
                RetrainingState state = await handle.QueryAsync(
                    workflow => workflow.State, new() { Rpc = new() { CancellationToken = cancellation } });
                output.Result(state, console => RunTables.Draw(console, state));
                return ExitCodes.Success;
            });
    }

    /// <summary>The run of a model or run id.</summary>
    public static async Task<WorkflowHandle<RetrainingWorkflow, RetrainingState>> FindAsync(
        ITemporalClient client, string run, CancellationToken cancellation)
    {
        if (!Guid.TryParse(run, out Guid id))
        {
            return client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(WorkflowIds.Retraining(run));
        }

        WorkflowListOptions options = new() { Limit = 1, Rpc = new() { CancellationToken = cancellation } };
        await foreach (WorkflowExecution found in client.ListWorkflowsAsync($"RunId = '{id:D}'", options))
        {
            return client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(found.Id, found.RunId);
        }

        throw new CommandException(ExitCodes.BadInput, $"no run has the id {run}; 'lifecycle runs' lists them");
    }
}
