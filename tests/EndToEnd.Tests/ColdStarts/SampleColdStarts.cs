using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Verbs;
using Lifecycle.Client.Following;
using Lifecycle.Client.Homes;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Releases;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Workflows.ColdStart;
using Lifecycle.Workflows.Contracts;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.ColdStarts;

/// <summary>Cold starts of the young model, as the verbs make them.</summary>
internal static class SampleColdStarts
{
    /// <summary>A request with a short heartbeat timeout, so that a killed worker costs a test little.</summary>
    public static ColdStartRequest Request(string requestedBy = "carol", string model = YoungModel.Name) => new()
    {
        Model = model,
        RequestedBy = requestedBy,
        Note = "a test",
        HeartbeatTimeout = TimeSpan.FromSeconds(2),
    };

    /// <summary>Starts one and waits until it waits for decisions or ends.</summary>
    public static async Task<(WorkflowHandle<ColdStartWorkflow, ColdStartState> Start, ColdStartState State)> ProposeAsync(
        ITemporalClient client, string requestedBy = "carol", string model = YoungModel.Name)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
        return await ProposeAsync(client, Request(requestedBy, model), limit.Token);
    }

    /// <summary>Starts one that an engineer signed for, or joins it, and waits until it waits for decisions or ends.</summary>
    public static async Task<(WorkflowHandle<ColdStartWorkflow, ColdStartState> Start, ColdStartState State)> ProposeSignedAsync(
        ITemporalClient client, HomeFolder home, string engineer)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(3));
        using SigningKey key = new KeyFolder(home.Root).Open(engineer);
        ColdStartRequest request = Request(engineer);
        RequestStatement statement = RequestSigner.Make(request.Asks("production"), TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
        return await ProposeAsync(client, request with { Signed = RequestSigner.Sign(statement, key) }, limit.Token);
    }

    private static async Task<(WorkflowHandle<ColdStartWorkflow, ColdStartState> Start, ColdStartState State)> ProposeAsync(
        ITemporalClient client, ColdStartRequest request, CancellationToken cancellation)
    {
        var start = await ColdStartVerb.StartAsync(client, request, cancellation);
        return (start, await ColdStartVerb.WaitForReleaseAsync(EngineLine.Over(client), start, _ => { }, cancellation));
    }

    /// <summary>Delivers a demo engineer's decision.</summary>
    public static async Task<DecisionReceipt> DecideAsync(
        WorkflowHandle<ColdStartWorkflow, ColdStartState> start, HomeFolder home, string engineer, DecisionKind kind = DecisionKind.Approve)
    {
        using SigningKey key = new KeyFolder(home.Root).Open(engineer);
        DecisionEnvelope envelope = await Decisions.SignAsync(
            start, kind, key, "a test", TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None);
        return await Decisions.DeliverAsync(start, kind, envelope, CancellationToken.None);
    }

    /// <summary>A whole cold start with both demo engineers' approvals.</summary>
    public static async Task<ColdStartState> GoLiveAsync(ITemporalClient client, HomeFolder home, string model = YoungModel.Name)
    {
        var (start, _) = await ProposeAsync(client, model: model);
        foreach (string engineer in DemoEngineers.Names)
        {
            await DecideAsync(start, home, engineer);
        }

        return await start.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(5));
    }
}
