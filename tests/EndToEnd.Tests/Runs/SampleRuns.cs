using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Following;
using Lifecycle.Client.Homes;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Runs;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Runs;

/// <summary>Runs of the sample model, as the verbs make them.</summary>
internal static class SampleRuns
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>A request with a short heartbeat timeout, so that a killed worker costs a test little.</summary>
    public static RetrainingRequest Request(string snapshot, string model = SampleModel.Name) => new()
    {
        Model = model,
        Snapshot = snapshot,
        Trigger = new() { RequestedBy = "carol", Note = "a test" },
        HeartbeatTimeout = TimeSpan.FromSeconds(2),
    };

    /// <summary>The same request by an engineer, signed with the key.</summary>
    public static RetrainingRequest Sign(RetrainingRequest request, SigningKey key, string channel = "production")
    {
        RetrainingRequest named = request with { Trigger = request.Trigger with { RequestedBy = key.Id } };
        RequestStatement statement = RequestSigner.Make(named.Asks(channel), TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
        return named with { Trigger = named.Trigger with { Signed = RequestSigner.Sign(statement, key) } };
    }

    /// <summary>Enrols one more engineer, before anything is sealed.</summary>
    public static void Enrol(HomeFolder home, string engineer)
    {
        KeyFolder keys = new(home.Root);
        using SigningKey key = keys.Create(engineer);
        keys.Enrol(engineer, key.PublicKey);
    }

    /// <summary>An engineer joins a run, signed, and the run has verified it.</summary>
    public static async Task<RetrainingState> JoinAsync(WorkflowHandle<RetrainingWorkflow, RetrainingState> run, HomeFolder home, string engineer)
    {
        using SigningKey key = new KeyFolder(home.Root).Open(engineer);
        RetrainingRequest request = Sign(new() { Model = SampleModel.Name, Trigger = new() { Note = "me too" } }, key);
        await run.SignalAsync(workflow => workflow.AddTriggerAsync(request.Trigger));
        using CancellationTokenSource limit = new(Limit);
        return await Follower(run).FollowAsync(state => state.VerifiedRequesters.Contains(engineer), limit.Token);
    }

    /// <summary>Starts a run that nobody signed for and waits until it waits for approval or ends.</summary>
    public static Task<WorkflowHandle<RetrainingWorkflow, RetrainingState>> StartAsync(ITemporalClient client, string snapshot) => StartAsync(client, Request(snapshot));

    /// <summary>Starts a run and waits until it waits for approval or ends.</summary>
    public static async Task<WorkflowHandle<RetrainingWorkflow, RetrainingState>> StartAsync(ITemporalClient client, RetrainingRequest request)
    {
        var run = await LaunchAsync(client, request);
        using CancellationTokenSource limit = new(Limit);
        await Follower(run).FollowAsync(state => state.Release is not null, limit.Token);
        return run;
    }

    /// <summary>Starts a run and waits for nothing.</summary>
    public static async Task<WorkflowHandle<RetrainingWorkflow, RetrainingState>> LaunchAsync(ITemporalClient client, RetrainingRequest request)
    {
        LaunchResult launched = await RetrainingLaunch.StartAsync(EngineLine.Over(client), request, _ => { }, CancellationToken.None);
        return client.GetWorkflowHandle<RetrainingWorkflow, RetrainingState>(launched.WorkflowId, launched.RunId);
    }

    /// <summary>Delivers a demo engineer's decision, once the run has something to decide about: stage Approval is shown while its release is still being assembled.</summary>
    public static async Task<DecisionReceipt> DecideAsync(
        WorkflowHandle<RetrainingWorkflow, RetrainingState> run, HomeFolder home, string engineer, DecisionKind kind = DecisionKind.Approve)
    {
        using CancellationTokenSource limit = new(Limit);
        await Follower(run).FollowAsync(state => state.Release is not null, limit.Token);
        using SigningKey key = new KeyFolder(home.Root).Open(engineer);
        DecisionEnvelope envelope = await Decisions.SignAsync(
            run, kind, key, "a test", TimeSpan.FromHours(1), TimeProvider.System, CancellationToken.None);
        return await Decisions.DeliverAsync(run, kind, envelope, CancellationToken.None);
    }

    /// <summary>A whole run with both demo engineers' approvals, or as far as it comes without.</summary>
    public static async Task<RetrainingState> RetrainAsync(ITemporalClient client, HomeFolder home, string snapshot, string model = SampleModel.Name)
    {
        var run = await StartAsync(client, Request(snapshot, model));
        using CancellationTokenSource limit = new(Limit);
        RetrainingState state = await Follower(run).FollowAsync(waiting => waiting.Release is not null, limit.Token);
        if (state.Release is null)
        {
            return state;
        }

        foreach (string engineer in DemoEngineers.Names)
        {
            await DecideAsync(run, home, engineer);
        }

        return await Follower(run).FollowAsync(_ => false, limit.Token);
    }

    /// <summary>A follower that tells nobody.</summary>
    public static RunFollower Follower(WorkflowHandle run) =>
        new(EngineLine.Over(run.Client), run.Id, run.RunId, _ => "", _ => { });
}
