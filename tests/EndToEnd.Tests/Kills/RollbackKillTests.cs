using System.Collections.Immutable;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Promotions;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Channels;
using Lifecycle.Workflows;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Kills;

/// <summary>
/// kill -9 at every step from a worse Champion to the one before it: the watch's look, the rollback it asks for, and the move of
/// the channel. There must be one proposal, one move, and the older model live.
/// </summary>
public sealed class RollbackKillTests
{
    private static readonly string[] Steps = ["OpenPromotionWatch", "ComparePromotion", "ProposeRollback", "RollBackChannel"];

    [Theory]
    [MemberData(nameof(KillRows.OfWorker), MemberType = typeof(KillRows))]
    public async Task Rollback_WithAProcessKilledInEveryStep_HappensOnce(string victim, string moment)
    {
        await using SplitServices services = await SplitServices.StartAsync();
        using TemporaryFolder folder = new();
        await WatchedChampions.ConfigureAsync(services.ModelFile, "automatic", interval: "15s");
        WatchedChampions champions = new(services.Client, services.Home, services.Store, folder.Path);
        RetrainingState first = await champions.PromoteFirstAsync();
        await using KillSchedule kills = new(services, victim, Steps.Select(step => $"{step}.{moment}"));

        // The first look is fifteen seconds away, and by then there is something to see.
        RetrainingState second = await champions.PromoteSecondAsync();
        await champions.AnswerAsync(second, isContrary: true);
        await WaitAsync(champions.Watch);
        RollbackState rollback = await WaitAsync(champions.Rollback);
        await kills.StopAsync();

        Assert.Equal(Steps.Length, kills.Count);
        Assert.Equal(RollbackOutcome.RolledBack, rollback.Outcome);
        ImmutableArray<ChannelEntry> history = await new ReleaseChannels(services.Store).HistoryAsync(SampleModel.Name, "production");
        Assert.Equal([ChannelMove.Promotion, ChannelMove.Promotion, ChannelMove.Rollback], history.Select(entry => entry.Move));
        Assert.Equal(first.Publication!.ModelDigest, history[^1].Publication.ModelDigest);
        Assert.Equal(["policy.json", "rollback.json"], await services.Store.ListAsync($"rollbacks/{SampleModel.Name}/").Select(name => name.Split('/')[^1]).Order().ToArrayAsync());
        Assert.Equal(1, (await services.Client.CountWorkflowsAsync($"WorkflowId = '{WorkflowIds.Rollback(SampleModel.Name, "production")}'")).Count);
    }

    // The engine is away for a moment at each of its deaths, and a rollback is not there before it is asked for.
    internal static async Task<T> WaitAsync<TWorkflow, T>(WorkflowHandle<TWorkflow, T> handle)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(5));
        while (true)
        {
            try
            {
                return await handle.GetResultAsync(rpcOptions: new() { CancellationToken = limit.Token });
            }
            catch (RpcException away) when (away.Code is RpcException.StatusCode.Unknown or RpcException.StatusCode.Unavailable or RpcException.StatusCode.NotFound)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
            }
        }
    }
}
