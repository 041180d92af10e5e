using Lifecycle.Cli.Following;
using Lifecycle.Cli.Hosting;
using Lifecycle.Cli.Releases;
using Lifecycle.Cli.Verbs;
using Lifecycle.EndToEnd.Tests.Promotions;
using Lifecycle.EndToEnd.Tests.Rollbacks;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Recording;

/// <summary>
/// Records what follows a promotion, as the official server writes it: watches of every ending, and rollbacks by engineers and by
/// policy. Not a test: it runs only when <c>LIFECYCLE_RECORD</c> names the folder of an era.
/// </summary>
public sealed class PromotionRecording
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("LIFECYCLE_RECORD");

    [Theory]
    [InlineData("propose", "rollback")]
    [InlineData("automatic", "rollback-by-policy")]
    public async Task Histories_OfAWorseChampion_AreWritten(string reaction, string name)
    {
        Assert.SkipWhen(Folder is null, "records only when LIFECYCLE_RECORD names a folder");
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
        await WriteAsync(champions.Rollback, name);
        await WriteAsync(champions.Watch, $"promotion-watch-{name}");
    }

    [Fact]
    public async Task Histories_OfAGoodChampion_AreWritten()
    {
        Assert.SkipWhen(Folder is null, "records only when LIFECYCLE_RECORD names a folder");
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        using TemporaryFolder scratch = new();
        WatchedChampions champions = await OpenAsync(stack, scratch, "none", "15s");
        var (_, second) = await champions.PromoteAsync();
        await champions.AnswerAsync(second, isContrary: false);
        await champions.EndOfWatchAsync();
        await WriteAsync(champions.Watch, "promotion-watch-elapsed");
        await WriteAsync(champions.WatchOf(1), "promotion-watch-nothing-before");
        await WriteAsync(stack.Client.GetWorkflowHandle(WorkflowIds.Retraining(SampleModel.Name)), "promoted-and-watched");
    }

    [Fact]
    public async Task History_OfAReplacedChampion_IsWritten()
    {
        Assert.SkipWhen(Folder is null, "records only when LIFECYCLE_RECORD names a folder");
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        using TemporaryFolder scratch = new();
        WatchedChampions champions = await OpenAsync(stack, scratch, "propose", "1h");
        await champions.PromoteAsync();
        var rollback = await SampleRollbacks.ProposeAsync(stack.Client, "carol");
        await SampleRollbacks.ApproveByBothAsync(rollback, stack.Home);
        await champions.EndOfWatchAsync();
        await WriteAsync(champions.Watch, "promotion-watch-moved-on");
    }

    private static async Task<WatchedChampions> OpenAsync(SampleStack stack, TemporaryFolder scratch, string reaction, string duration)
    {
        await WatchedChampions.ConfigureAsync(stack.ModelFile, reaction, duration);
        return new(stack.Client, stack.Home, await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None), scratch.Path);
    }

    private static async Task WriteAsync(WorkflowHandle run, string name) =>
        await File.WriteAllTextAsync(Path.Combine(Folder!, $"{name}.json"), (await run.FetchHistoryAsync()).ToJson() + "\n");
}
