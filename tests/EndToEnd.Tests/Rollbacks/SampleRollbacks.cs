using Lifecycle.Cli.Following;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Releases;
using Lifecycle.Cli.Verbs;
using Lifecycle.Domain.Releases;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Publishing.Keys;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Rollback;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Rollbacks;

/// <summary>Rollbacks of the sample model's channel, as the verbs make them.</summary>
internal static class SampleRollbacks
{
    /// <summary>A request with a short heartbeat timeout, so that a killed worker costs a test little.</summary>
    public static RollbackRequest Request(string requestedBy) => new()
    {
        Model = SampleModel.Name,
        RequestedBy = requestedBy,
        Reason = "a test",
        HeartbeatTimeout = TimeSpan.FromSeconds(2),
    };

    /// <summary>Starts a rollback and waits until it waits for decisions.</summary>
    public static async Task<WorkflowHandle<RollbackWorkflow, RollbackState>> ProposeAsync(ITemporalClient client, string requestedBy)
    {
        var rollback = await RollbackVerb.StartAsync(client, Request(requestedBy), CancellationToken.None);
        RollbackState state = await RollbackVerb.WaitForProposalAsync(EngineLine.Over(client), rollback, _ => { }, CancellationToken.None);
        Assert.NotNull(state.Proposal);
        return rollback;
    }

    /// <summary>Delivers a demo engineer's decision.</summary>
    public static async Task<DecisionReceipt> DecideAsync(
        WorkflowHandle<RollbackWorkflow, RollbackState> rollback, HomeFolder home, string engineer, DecisionKind kind = DecisionKind.Approve)
    {
        using SigningKey key = new KeyFolder(home.Root).Open(engineer);
        DecisionEnvelope envelope = await Decisions.SignAsync(
            rollback, kind, key, "a test", TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None);
        return await Decisions.DeliverAsync(rollback, kind, envelope, CancellationToken.None);
    }
}
