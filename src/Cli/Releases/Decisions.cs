using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Temporalio.Client;

namespace Lifecycle.Cli.Releases;

/// <summary>Signs and delivers release engineers' decisions.</summary>
public static class Decisions
{
    /// <summary>Signs a decision about the release that <paramref name="run"/> waits with at this moment.</summary>
    public static async Task<DecisionEnvelope> SignAsync(
        WorkflowHandle<RetrainingWorkflow, RetrainingState> run,
        DecisionKind kind,
        SigningKey signer,
        string reason,
        TimeSpan validity,
        TimeProvider time,
        CancellationToken cancellation)
    {
        if (kind == DecisionKind.Reject && string.IsNullOrWhiteSpace(reason))
        {
            throw new CommandException(ExitCodes.BadInput, "a rejection needs a reason; say why with --reason");
        }

        RetrainingState state = await run.QueryAsync(workflow => workflow.State, new() { Rpc = new() { CancellationToken = cancellation } });
        ReleaseManifest release = state.Release ?? throw new CommandException(
            ExitCodes.Negative, $"the run of {state.Model} has no release to decide about yet; see 'lifecycle show {state.Model}'");
        return DecisionSigner.Sign(DecisionSigner.Make(release, kind, signer.Id, reason, time.GetUtcNow(), validity), signer);
    }

    /// <summary>Delivers a decision; the run counts or refuses it.</summary>
    public static Task<DecisionReceipt> DeliverAsync(
        WorkflowHandle<RetrainingWorkflow, RetrainingState> run, DecisionKind kind, DecisionEnvelope envelope, CancellationToken cancellation)
    {
        WorkflowUpdateOptions options = new() { Rpc = new() { CancellationToken = cancellation } };
        return kind == DecisionKind.Approve
            ? run.ExecuteUpdateAsync(workflow => workflow.ApproveAsync(envelope), options)
            : run.ExecuteUpdateAsync(workflow => workflow.RejectAsync(envelope), options);
    }
}
