using System.Collections.Immutable;
using Lifecycle.Activities;
using Lifecycle.Activities.Alerts;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.Client.Runs;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Launching;
using Lifecycle.LocalEngine;
using Lifecycle.Publishing.Keys;
using Lifecycle.Publishing.Statements;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Channels;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Retraining;
using Lifecycle.Workflows.Watching;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Worker;

namespace Lifecycle.NewKinds.Tests;

/// <summary>An engine, and a worker in this process that serves all stages of the rain model.</summary>
internal sealed class RainStack : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly string[] Engineers = ["ada", "ben"];

    private readonly TemporaryFolder folder;
    private readonly LocalEngineHost engine;
    private readonly TemporalClient client;
    private readonly KeyFolder keys;
    private readonly List<TemporalWorker> workers = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Task working;

    private RainStack(TemporaryFolder folder, LocalEngineHost engine, TemporalClient client)
    {
        (this.folder, this.engine, this.client) = (folder, engine, client);
        string home = Path.Combine(folder.Path, "home");
        keys = new KeyFolder(home);
        _ = keys.EnsureDemo([.. Engineers]);
        StagePlaces places = new(Path.Combine(folder.Path, "models"), Path.Combine(folder.Path, "scratch"), Path.Combine(folder.Path, "packages"), home);
        AlertParts alerts = AlertParts.Open(Path.Combine(folder.Path, "alerts.yaml"), client, Store, TimeProvider.System);
        InnerStages stages = new(IsolatedStages.Create(places, Store, new StageLimits(), TimeProvider.System));
        StageActivitySet activities = StageActivitySet.Create(places, client, Store, alerts, stages, TimeProvider.System);
        Serve(new TemporalWorkerOptions(TaskQueues.Lifecycle).AddWorkflow<RetrainingWorkflow>().AddWorkflow<ChannelWorkflow>().AddWorkflow<PromotionWatchWorkflow>(), activities.Lifecycle);
        Serve(new TemporalWorkerOptions(TaskQueues.Training), activities.Training);
        Serve(new TemporalWorkerOptions(TaskQueues.Publish), activities.Publish);
        working = Task.WhenAll(workers.Select(worker => worker.ExecuteAsync(stop.Token)));
    }

    /// <summary>The worker's blobs.</summary>
    public MemoryBlobStore Store { get; } = new();

    /// <summary>Starts everything.</summary>
    public static async Task<RainStack> StartAsync()
    {
        TemporaryFolder folder = new();
        RainModel.WriteTo(Path.Combine(folder.Path, "models"));
        LocalEngineHost engine = await LocalEngineHost.StartAsync(
            new LocalEngineOptions
            {
                HomeDirectory = Path.Combine(folder.Path, "engine"),
                SearchAttributes = LifecycleSearchAttributes.Names.ToImmutableDictionary(name => name, _ => SearchAttributeKind.Keyword),
            },
            CancellationToken.None);
        return new RainStack(folder, engine, await TemporalClient.ConnectAsync(new(engine.Target) { DataConverter = PayloadConversion.Converter }));
    }

    /// <summary>A whole run, approved by two engineers.</summary>
    public async Task<RetrainingState> RetrainAsync()
    {
        RetrainingRequest request = new() { Model = RainModel.Name, Snapshot = RainModel.Snapshot, Trigger = new() { RequestedBy = "carol", Note = "a test" } };
        WorkflowHandle<RetrainingWorkflow, RetrainingState> run = await client.StartWorkflowAsync(
            (RetrainingWorkflow workflow) => workflow.RunAsync(request), new(WorkflowIds.Retraining(RainModel.Name), TaskQueues.Lifecycle));
        RunFollower follower = new(EngineLine.Over(client), run.Id, run.ResultRunId, _ => "", _ => { });
        using CancellationTokenSource limit = new(Limit);
        RetrainingState waiting = await follower.FollowAsync(state => state.Release is not null, limit.Token);
        if (waiting.Release is null)
        {
            return waiting;
        }

        foreach (string engineer in Engineers)
        {
            using SigningKey key = keys.Open(engineer);
            DecisionEnvelope envelope = await Decisions.SignAsync(
                run, DecisionKind.Approve, key, "a test", TimeSpan.FromHours(1), TimeProvider.System, limit.Token);
            await Decisions.DeliverAsync(run, DecisionKind.Approve, envelope, limit.Token);
        }

        return await follower.FollowAsync(_ => false, limit.Token);
    }

    /// <summary>Ends everything.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await working.ContinueWith(_ => { }, TaskScheduler.Default);
        workers.ForEach(worker => worker.Dispose());
        stop.Dispose();
        await engine.DisposeAsync();
        folder.Dispose();
    }

    private void Serve(TemporalWorkerOptions options, IEnumerable<ActivityDefinition> activities)
    {
        foreach (ActivityDefinition activity in activities)
        {
            options.AddActivity(activity);
        }

        workers.Add(new TemporalWorker(client, options));
    }
}
