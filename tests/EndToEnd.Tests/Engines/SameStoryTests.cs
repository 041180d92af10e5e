using System.Collections.Immutable;
using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Services;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Engines;

/// <summary>A RetrainingRun goes the same way on the embedded engine and on the official dev server.</summary>
public sealed class SameStoryTests
{
    [Theory]
    [InlineData("2024-01", RetrainingOutcome.Promoted)]
    [InlineData("2024-03", RetrainingOutcome.StoppedByValidation)]
    public async Task Run_OnBothEngines_HasTheSameSequenceOfEvents(string snapshot, RetrainingOutcome outcome)
    {
        ImmutableArray<string> official = await StoryAsync(EngineKind.Temporal, snapshot, outcome);
        ImmutableArray<string> embedded = await StoryAsync(EngineKind.Local, snapshot, outcome);
        Assert.Equal(official, embedded);
    }

    private static async Task<ImmutableArray<string>> StoryAsync(EngineKind engine, string snapshot, RetrainingOutcome outcome)
    {
        await using SampleStack stack = await SampleStack.StartAsync(engine);
        var run = await SampleRuns.StartAsync(stack.Client, snapshot);
        if (outcome == RetrainingOutcome.Promoted)
        {
            foreach (string engineer in DemoEngineers.Names)
            {
                await SampleRuns.DecideAsync(run, stack.Home, engineer);
            }
        }

        RetrainingState state = await run.GetResultAsync();
        Assert.Equal(outcome, state.Outcome);
        return await ScrubbedHistory.ReadAsync(run);
    }
}
