using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Channels;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Runs;

/// <summary>A ReleaseChannel that moves while a run waits for its approvals.</summary>
public sealed class PromotionTests
{
    [Fact]
    public async Task Run_WhoseChannelWasRolledBackMeanwhile_FailsAndLeavesTheChannelAlone()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);
        RetrainingState first = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-01");
        var second = await SampleRuns.StartAsync(stack.Client, "2024-02");
        var keeper = stack.Client.GetWorkflowHandle<ChannelWorkflow>(WorkflowIds.Channel(SampleModel.Name, "production"));
        ChannelEntry rollback = first.Channel! with { Version = 2, Move = ChannelMove.Rollback };
        await keeper.ExecuteUpdateAsync(channel => channel.MoveAsync(rollback));
        foreach (string engineer in DemoEngineers.Names)
        {
            await SampleRuns.DecideAsync(second, stack.Home, engineer);
        }

        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => second.GetResultAsync().WaitAsync(TimeSpan.FromMinutes(5)));

        var activity = Assert.IsType<ActivityFailureException>(failed.InnerException);
        Assert.Equal(FailureTypes.ChannelMoved, Assert.IsType<ApplicationFailureException>(activity.InnerException).ErrorType);
        ChannelEntry? live = await keeper.QueryAsync(channel => channel.Live);
        Assert.Equal((2, ChannelMove.Rollback, first.Release!.Digest), (live!.Version, live.Move, live.Publication.ReleaseDigest));
    }
}
