using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;

namespace Lifecycle.Recorder;

/// <summary>Records a run that compares its split by time with a random one, as the official server writes it.</summary>
public sealed class SplitRecording
{
    [Fact]
    public async Task History_OfARunThatComparesSplits_IsWritten()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        SampleTables.WriteTo(stack.ModelsParent);
        var run = await SampleRuns.StartAsync(stack.Client, SampleRuns.Request(SampleTables.Snapshot, SampleTables.Later) with { CompareSplits = true });
        if ((await run.QueryAsync(workflow => workflow.State)).Outcome is null)
        {
            await SampleRuns.DecideAsync(run, stack.Home, DemoEngineers.Names[0], DecisionKind.Reject);
        }

        RetrainingState ended = await run.GetResultAsync();
        Assert.NotNull(ended.Evaluation!.RandomSplit!.Challenger);
        await Era.WriteAsync(run, "compared-splits");
    }
}
