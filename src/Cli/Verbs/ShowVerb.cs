using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Following;
using Lifecycle.Client.Runs;
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
        ChannelOption channel = new("Release channel of the rollback");
        return Verb.Create(
            "show", "Show a retraining run, or with --rollback a rollback, with --cold-start a cold start: stages, verdicts, decisions",
            "show disposable-domain", "show disposable-domain --rollback", "show disposable-domain --cold-start", "show 0190a1b2-... --json")
            .Does([run, rollback, coldStart, channel.Option], async (parsed, output, cancellation) =>
            {
                ITemporalClient client = await GlobalOptions.ConnectionOf(parsed).ConnectAsync(cancellation);
                if (parsed.GetValue(coldStart) && parsed.GetValue(rollback))
                {
                    throw new CommandException(ExitCodes.BadInput, "--rollback and --cold-start are two different things; give one of them");
                }

                if (parsed.GetValue(coldStart))
                {
                    return await ColdStartVerb.ShowAsync(client, parsed.GetValue(run)!, output, cancellation);
                }

                if (parsed.GetValue(rollback))
                {
                    return await RollbackVerb.ShowAsync(client, parsed.GetValue(run)!, channel.Of(parsed, parsed.GetValue(run)!), output, cancellation);
                }

                var handle = await FindAsync(client, parsed.GetValue(run)!, cancellation);
                RetrainingState state = await handle.QueryAsync(
                    workflow => workflow.State, new() { Rpc = new() { CancellationToken = cancellation } });
                string? failure = await RunFailures.OfAsync(handle, cancellation);
                WaitingReason? waits = await new WaitingLook(EngineLine.Over(client), TimeProvider.System).ReasonAsync(handle, "", cancellation);
                output.Result(state, console =>
                {
                    RunTables.Draw(console, state, failure);
                    if (waits is not null and not WaitingReason.Outside)
                    {
                        console.Line($"now: {waits.Sentence}");
                    }
                });
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
