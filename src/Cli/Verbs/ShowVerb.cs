using System.CommandLine;
using Lifecycle.Cli.Runs;
using Lifecycle.Domain.Runs;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Retraining;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle show</c>: one RetrainingRun, whole.</summary>
public static class ShowVerb
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "Name of a model (its latest run) or a run id from 'lifecycle runs'" };
        Option<bool> rollback = new("--rollback") { Description = "Show the latest rollback of the model's channel instead" };
        Option<bool> coldStart = new("--cold-start") { Description = "Show the latest cold start of the model instead" };
        Option<string> channel = new("--channel") { Description = "Release channel of the rollback", DefaultValueFactory = _ => "production", HelpName = "NAME" };
        return Verb.Create(
            "show", "Show a retraining run, or with --rollback a rollback, with --cold-start a cold start: stages, verdicts, decisions",
            "show disposable-domain", "show disposable-domain --rollback", "show disposable-domain --cold-start", "show 0190a1b2-... --json")
            .Does([run, rollback, coldStart, channel], async (parsed, output, cancellation) =>
            {
                ITemporalClient client = await GlobalOptions.ConnectionOf(parsed).ConnectAsync(cancellation);
                if (parsed.GetValue(coldStart))
                {
                    return await ColdStartVerb.ShowAsync(client, parsed.GetValue(run)!, output, cancellation);
                }

                if (parsed.GetValue(rollback))
                {
                    return await RollbackVerb.ShowAsync(client, parsed.GetValue(run)!, parsed.GetValue(channel)!, output, cancellation);
                }

                var handle = await FindAsync(client, parsed.GetValue(run)!, cancellation);
                RetrainingState state = await handle.QueryAsync(
                    workflow => workflow.State, new() { Rpc = new() { CancellationToken = cancellation } });
                string? failure = await FailureOfAsync(handle, cancellation);
                output.Result(state, console => RunTables.Draw(console, state, failure));
                return ExitCodes.Success;
            });
    }

    // A run that failed, or was cancelled or terminated, has no outcome of its own.
    private static async Task<string?> FailureOfAsync(
        WorkflowHandle<RetrainingWorkflow, RetrainingState> run, CancellationToken cancellation)
    {
        RpcOptions rpc = new() { CancellationToken = cancellation };
        WorkflowExecutionDescription seen = await run.DescribeAsync(new() { Rpc = rpc });
        if (seen.Status is WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Completed)
        {
            return null;
        }

        try
        {
            await run.GetResultAsync(rpcOptions: rpc);
            return null;
        }
        catch (WorkflowFailedException failed)
        {
            return $"{seen.Status}: {RunFailures.Explain(failed).Message}";
        }
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
