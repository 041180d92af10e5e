using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.EndToEnd.Tests.Watching;
using Lifecycle.Publishing.Watching;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Watching;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Kills;

/// <summary>
/// kill -9 at every step of a watch: of the worker before a step's work and after its effects, and of the engine while a step
/// is in work. Every window must be decided about once, and one run be started.
/// </summary>
public sealed class WatchKillTests
{
    private static readonly string[] Steps =
        ["PlanWatch", "MeasureWindow", "DecideWindow", "LaunchRetraining", "ReportWatch", "DrawDriftPage"];

    [Theory]
    [MemberData(nameof(KillRows.OfWorker), MemberType = typeof(KillRows))]
    public async Task Watch_WithAProcessKilledInEveryStep_LosesAndDoublesNoDecision(string victim, string moment)
    {
        await using SplitServices services = await SplitServices.StartAsync();
        using TemporaryFolder folder = new();
        RetrainingState champion = await SampleRuns.RetrainAsync(services.Client, services.Home, "2024-02");
        SampleTraffic traffic = new(services.Store, folder.Path);
        await traffic.WriteAsync(champion, 4, TrafficKind.Usual);
        await traffic.WriteAsync(champion, 5, TrafficKind.Contrary);

        await using KillSchedule kills = new(services, victim, Steps.Select(step => $"{step}.{moment}"));
        var look = await services.Client.StartWorkflowAsync(
            (DriftWatchWorkflow watch) => watch.RunAsync(new() { Model = SampleModel.Name, HeartbeatTimeout = TimeSpan.FromSeconds(2) }),
            new("watch-under-kills", TaskQueues.Lifecycle));
        DriftWatchResult result = await ResultAsync(look).WaitAsync(TimeSpan.FromMinutes(5));
        await kills.StopAsync();

        Assert.Equal(Steps.Length, kills.Count);
        Assert.Equal([DriftVerdict.None, DriftVerdict.Retrain], result.Windows.Select(window => window.Verdict));
        DriftJournal journal = new(services.Store);
        ImmutableArray<DriftDecision> decisions = await journal.HistoryAsync(SampleModel.Name);
        Assert.Equal(result.Windows.Select(window => window.Decision), decisions.Select(decision => decision.Id));
        Assert.Empty((await journal.VerifyChainAsync(SampleModel.Name)).Defects);
        Assert.Equal(2, await RunCountAsync(services));
    }

    // The engine is away for a moment at each of its deaths; the look goes on, and so do we.
    private static async Task<DriftWatchResult> ResultAsync(WorkflowHandle<DriftWatchWorkflow, DriftWatchResult> look)
    {
        while (true)
        {
            try
            {
                return await look.GetResultAsync();
            }
            catch (RpcException away) when (away.Code is RpcException.StatusCode.Unknown or RpcException.StatusCode.Unavailable)
            {
                await Task.Yield();
            }
        }
    }

    // The champion's run, and the one that the decision asked for.
    private static async Task<int> RunCountAsync(SplitServices services)
    {
        HashSet<string> runs = [];
        await foreach (WorkflowExecution run in services.Client.ListWorkflowsAsync($"WorkflowId = '{WorkflowIds.Retraining(SampleModel.Name)}'"))
        {
            runs.Add(run.RunId);
        }

        return runs.Count;
    }
}
