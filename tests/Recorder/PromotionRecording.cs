using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Verbs;
using Lifecycle.Client.Following;
using Lifecycle.Client.Releases;
using Lifecycle.EndToEnd.Tests.Promotions;
using Lifecycle.EndToEnd.Tests.Rollbacks;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Temporalio.Client;

namespace Lifecycle.Recorder;

/// <summary>
/// Records what follows a promotion, as the official server writes it: watches of every ending, and rollbacks by engineers and by
/// policy.
/// </summary>
public sealed class PromotionRecording
{
    [Theory]
    [InlineData("propose", "rollback")]
    [InlineData("automatic", "rollback-by-policy")]
    public async Task Histories_OfAWorseChampion_AreWritten(string reaction, string name)
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        using TemporaryFolder scratch = new();
        WatchedChampions champions = await OpenAsync(stack, scratch, reaction, "1h");
        var (_, second) = await champions.PromoteAsync();
        await champions.AnswerAsync(second, isContrary: true);
        await champions.EndOfWatchAsync();
        if (reaction == "propose")
        {
            await RollbackVerb.WaitForProposalAsync(EngineLine.Over(stack.Client), champions.Rollback, _ => { }, CancellationToken.None);
            await SampleRollbacks.ApproveByBothAsync(champions.Rollback, stack.Home);
        }

        await champions.EndOfRollbackAsync();
        await Era.WriteAsync(champions.Rollback, name);
        await Era.WriteAsync(champions.Watch, $"promotion-watch-{name}");
    }

    [Fact]
    public async Task Histories_OfAGoodChampion_AreWritten()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        using TemporaryFolder scratch = new();
        WatchedChampions champions = await OpenAsync(stack, scratch, "none", "15s");
        var (_, second) = await champions.PromoteAsync();
        await champions.AnswerAsync(second, isContrary: false);
        await champions.EndOfWatchAsync();
        await Era.WriteAsync(champions.Watch, "promotion-watch-elapsed");
        await Era.WriteAsync(champions.WatchOf(1), "promotion-watch-nothing-before");
        await Era.WriteAsync(stack.Client.GetWorkflowHandle(WorkflowIds.Retraining(SampleModel.Name)), "promoted-and-watched");
    }

    [Fact]
    public async Task History_OfAReplacedChampion_IsWritten()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        using TemporaryFolder scratch = new();
        WatchedChampions champions = await OpenAsync(stack, scratch, "propose", "1h");
        await champions.PromoteAsync();
        var rollback = await SampleRollbacks.ProposeAsync(stack.Client, "carol");
        await SampleRollbacks.ApproveByBothAsync(rollback, stack.Home);
        await champions.EndOfWatchAsync();
        await Era.WriteAsync(champions.Watch, "promotion-watch-moved-on");
    }

    private static async Task<WatchedChampions> OpenAsync(SampleStack stack, TemporaryFolder scratch, string reaction, string duration)
    {
        await WatchedChampions.ConfigureAsync(stack.ModelFile, reaction, duration);
        return new(stack.Client, stack.Home, await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None), scratch.Path);
    }
}
