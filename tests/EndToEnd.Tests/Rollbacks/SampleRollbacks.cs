using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Verbs;
using Lifecycle.Client.Following;
using Lifecycle.Client.Homes;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Releases;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
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

    /// <summary>The same request, from the version that is live, signed with a key.</summary>
    /// <param name="request">The request.</param>
    /// <param name="key">Whose it is.</param>
    /// <param name="live">The live version.</param>
    public static RollbackRequest Sign(RollbackRequest request, SigningKey key, long live)
    {
        RollbackRequest complete = request with { FromVersion = live };
        return complete with { Signed = RequestSigner.Sign(RequestSigner.Make(complete.Asks(), TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1)), key) };
    }

    /// <summary>Starts a rollback that a demo engineer signed for, and waits until it waits for decisions.</summary>
    public static async Task<WorkflowHandle<RollbackWorkflow, RollbackState>> ProposeSignedAsync(
        ITemporalClient client, HomeFolder home, string engineer, long live)
    {
        using SigningKey key = new KeyFolder(home.Root).Open(engineer);
        return await ProposeAsync(client, Sign(Request(engineer), key, live));
    }

    /// <summary>Starts a rollback that nobody signed for, and waits until it waits for decisions.</summary>
    public static async Task<WorkflowHandle<RollbackWorkflow, RollbackState>> ProposeAsync(ITemporalClient client, string requestedBy) =>
        await ProposeAsync(client, Request(requestedBy));

    /// <summary>Starts a rollback and waits until it waits for decisions.</summary>
    public static async Task<WorkflowHandle<RollbackWorkflow, RollbackState>> ProposeAsync(ITemporalClient client, RollbackRequest request)
    {
        var rollback = await RollbackVerb.StartAsync(client, request, CancellationToken.None);
        RollbackState state = await RollbackVerb.WaitForProposalAsync(EngineLine.Over(client), rollback, _ => { }, CancellationToken.None);
        Assert.NotNull(state.Proposal);
        return rollback;
    }

    /// <summary>Delivers both demo engineers' approvals: what is asked for unsigned needs two.</summary>
    public static async Task ApproveByBothAsync(WorkflowHandle<RollbackWorkflow, RollbackState> rollback, HomeFolder home)
    {
        foreach (string engineer in DemoEngineers.Names)
        {
            await DecideAsync(rollback, home, engineer);
        }
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
