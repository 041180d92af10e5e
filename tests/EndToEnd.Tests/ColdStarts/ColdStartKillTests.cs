using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Releases;
using Lifecycle.EndToEnd.Tests.Kills;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Channels;
using Lifecycle.Publishing.Envelopes;
using Lifecycle.Workflows.ColdStart;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.ColdStarts;

/// <summary>
/// kill -9 at every step of a cold start: of the worker before a step's work and after its effects, and of the engine while a
/// step is in work. One Publication, one version, whatever died.
/// </summary>
public sealed class ColdStartKillTests
{
    private static readonly string[] Steps =
        ["ReadReference", "ReadChannel", "CompileReference", "PrepareReference", "PublishRelease", "RequestPromotion", "MoveChannel"];

    [Theory]
    [MemberData(nameof(KillRows.OfWorker), MemberType = typeof(KillRows))]
    public async Task ColdStart_WithAProcessKilledInEveryStep_PublishesOnceAndMakesOneVersion(string victim, string moment)
    {
        await using SplitServices services = await SplitServices.StartAsync();
        YoungModel.WriteBeside(services.Home);
        await using KillSchedule kills = new(services, victim, Steps.Select(step => $"{step}.{moment}"));

        // Asking again finds the one in flight, so that a client may ask until the engine is there.
        var (start, _) = await PatientlyAsync(() => SampleColdStarts.ProposeAsync(services.Client));
        foreach (string engineer in DemoEngineers.Names)
        {
            await SampleColdStarts.DecideAsync(start, services.Home, engineer);
        }

        ColdStartState state = await PatientlyAsync(() => start.GetResultAsync());
        await kills.StopAsync();

        Assert.True(state.Outcome == ColdStartOutcome.Promoted, $"{state.Reason}\n{services.Output}");
        Assert.Equal(Steps.Length, kills.Count);
        ChannelEntry entry = Assert.Single(await new ReleaseChannels(services.Store).HistoryAsync(YoungModel.Name, "production"));
        Assert.Equal(CanonicalJson.Of(state.Entry!), CanonicalJson.Of(entry));
        Assert.Equal(1, await PublicationCountAsync(services));
        Assert.Equal(1, await StartCountAsync(services));
    }

    private static async Task<T> PatientlyAsync<T>(Func<Task<T>> ask)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(4));
        while (true)
        {
            try
            {
                return await ask().WaitAsync(limit.Token);
            }
            catch (RpcException away) when (away.Code is RpcException.StatusCode.Unknown or RpcException.StatusCode.Unavailable or RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.FailedPrecondition)
            {
                await Task.Yield();
            }
        }
    }

    private static async Task<int> PublicationCountAsync(SplitServices services)
    {
        int count = 0;
        await foreach (string name in services.Store.ListAsync("publications/"))
        {
            count += name.EndsWith("/model.sig", StringComparison.Ordinal) ? 1 : 0;
        }

        return count;
    }

    private static async Task<int> StartCountAsync(SplitServices services)
    {
        HashSet<string> runs = [];
        await foreach (WorkflowExecution run in services.Client.ListWorkflowsAsync($"WorkflowType = '{nameof(ColdStartWorkflow)}'"))
        {
            runs.Add(run.RunId);
        }

        return runs.Count;
    }
}
