using Lifecycle.Cli.Following;
using Lifecycle.Cli.Homes;
using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Releases;
using Lifecycle.Cli.Runs;
using Lifecycle.Cli.Verbs;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Publishing.Keys;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Runs;

/// <summary>Runs of the sample model, as the verbs make them.</summary>
internal static class SampleRuns
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>A request with a short heartbeat timeout, so that a killed worker costs a test little.</summary>
    public static RetrainingRequest Request(string snapshot) => new()
    {
        Model = SampleModel.Name,
        Snapshot = snapshot,
        Trigger = new() { RequestedBy = "carol", Note = "a test" },
        HeartbeatTimeout = TimeSpan.FromSeconds(2),
    };

    /// <summary>Starts a run and waits until it waits for approval or ends.</summary>
    public static async Task<WorkflowHandle<RetrainingWorkflow, RetrainingState>> StartAsync(ITemporalClient client, string snapshot)
    {
        LaunchResult launched = await RetrainVerb.LaunchAsync(EngineLine.Over(client), Request(snapshot), _ => { }, CancellationToken.None);
        var run = client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(launched.WorkflowId, launched.RunId);
        using CancellationTokenSource limit = new(Limit);
        await Follower(run).FollowAsync(state => state.Release is not null, limit.Token);
        return run;
    }

    /// <summary>Delivers a demo engineer's decision.</summary>
    public static async Task<DecisionReceipt> DecideAsync(
        WorkflowHandle<RetrainingWorkflow, RetrainingState> run, HomeFolder home, string engineer, DecisionKind kind = DecisionKind.Approve)
    {
        using SigningKey key = new KeyFolder(home.Root).Open(engineer);
        DecisionEnvelope envelope = await Decisions.SignAsync(
            run, kind, key, "a test", TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None);
        return await Decisions.DeliverAsync(run, kind, envelope, CancellationToken.None);
    }

    /// <summary>A whole run with both demo engineers' approvals.</summary>
    public static async Task<RetrainingState> RetrainAsync(ITemporalClient client, HomeFolder home, string snapshot)
    {
        var run = await StartAsync(client, snapshot);
        foreach (string engineer in DemoEngineers.Names)
        {
            await DecideAsync(run, home, engineer);
        }

        using CancellationTokenSource limit = new(Limit);
        return await Follower(run).FollowAsync(_ => false, limit.Token);
    }

    /// <summary>A follower that tells nobody.</summary>
    public static RunFollower Follower(WorkflowHandle run) =>
        new(EngineLine.Over(run.Client), run.Id, run.RunId, _ => "", _ => { });
}
