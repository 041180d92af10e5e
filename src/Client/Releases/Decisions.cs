using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Workflows.ColdStart;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Lifecycle.Workflows.Rollback;
using Temporalio.Client;

namespace Lifecycle.Client.Releases;

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
        RequireReason(kind, reason);
        RetrainingState state = await run.QueryAsync(workflow => workflow.State, new() { Rpc = new() { CancellationToken = cancellation } });
        ReleaseManifest release = state.Release ?? throw new ClientException(
            ClientFailure.Negative, $"the run of {state.Model} has no release to decide about yet; see 'lifecycle show {state.Model}'");
        return DecisionSigner.Sign(DecisionSigner.Make(release, kind, signer.Id, reason, time.GetUtcNow(), validity), signer);
    }

    /// <summary>Signs a decision about the proposal that <paramref name="rollback"/> waits with at this moment.</summary>
    public static async Task<DecisionEnvelope> SignAsync(
        WorkflowHandle<RollbackWorkflow, RollbackState> rollback,
        DecisionKind kind,
        SigningKey signer,
        string reason,
        TimeSpan validity,
        TimeProvider time,
        CancellationToken cancellation)
    {
        RequireReason(kind, reason);
        RollbackState state = await rollback.QueryAsync(workflow => workflow.State, new() { Rpc = new() { CancellationToken = cancellation } });
        RollbackProposal proposal = state.Proposal ?? throw new ClientException(
            ClientFailure.Negative, $"the rollback of {state.Request.Model} has no proposal to decide about yet; see 'lifecycle show {state.Request.Model} --rollback'");
        DecisionStatement statement = DecisionSigner.Make(proposal, kind, signer.Id, reason, time.GetUtcNow(), validity);
        return DecisionSigner.Sign(statement, RollbackProposals.FileName, signer);
    }

    /// <summary>Signs a decision about the release that <paramref name="start"/> waits with at this moment.</summary>
    public static async Task<DecisionEnvelope> SignAsync(
        WorkflowHandle<ColdStartWorkflow, ColdStartState> start,
        DecisionKind kind,
        SigningKey signer,
        string reason,
        TimeSpan validity,
        TimeProvider time,
        CancellationToken cancellation)
    {
        RequireReason(kind, reason);
        ColdStartState state = await start.QueryAsync(workflow => workflow.State, new() { Rpc = new() { CancellationToken = cancellation } });
        ReleaseManifest release = state.Release ?? throw new ClientException(
            ClientFailure.Negative, $"the cold start of {state.Request.Model} has no release to decide about; see 'lifecycle show {state.Request.Model} --cold-start'");
        return DecisionSigner.Sign(DecisionSigner.Make(release, kind, signer.Id, reason, time.GetUtcNow(), validity), signer);
    }

    /// <summary>Delivers a decision; the run, the rollback or the cold start counts or refuses it.</summary>
    /// <param name="waiting">The workflow that waits; all kinds have the updates <c>approve</c> and <c>reject</c>.</param>
    /// <param name="kind">Which of them.</param>
    /// <param name="envelope">The signed decision.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<DecisionReceipt> DeliverAsync(
        WorkflowHandle waiting, DecisionKind kind, DecisionEnvelope envelope, CancellationToken cancellation) =>
        waiting.ExecuteUpdateAsync<DecisionReceipt>(
            kind == DecisionKind.Approve ? "Approve" : "Reject", [envelope], new() { Rpc = new() { CancellationToken = cancellation } });

    private static void RequireReason(DecisionKind kind, string reason)
    {
        if (kind == DecisionKind.Reject && string.IsNullOrWhiteSpace(reason))
        {
            throw new ClientException(ClientFailure.BadInput, "a rejection needs a reason; say why with --reason");
        }
    }
}
