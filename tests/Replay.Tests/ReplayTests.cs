using Lifecycle.Workflows;
using Lifecycle.Workflows.Alerting;
using Lifecycle.Workflows.Backtesting;
using Lifecycle.Workflows.Channels;
using Lifecycle.Workflows.ColdStart;
using Lifecycle.Workflows.Launching;
using Lifecycle.Workflows.Retraining;
using Lifecycle.Workflows.Rollback;
using Lifecycle.Workflows.Scoring;
using Lifecycle.Workflows.Sensing;
using Lifecycle.Workflows.Watching;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Lifecycle.Replay.Tests;

public sealed class ReplayTests
{
    public static TheoryData<string> Histories() => [.. RecordedHistories.Names];

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task RecordedHistory_ReplayedByTodaysWorkflows_IsDeterministic(string name) =>
        await Replayer().ReplayWorkflowAsync(RecordedHistories.Read(name));

    [Fact]
    public async Task RetrainingHistory_WithAStageOfAnotherName_IsFoundOut()
    {
        // The mutant: a test that every history passes proves nothing unless a wrong one fails.
        string name = RecordedHistories.Names.First(name => name.Contains("promoted", StringComparison.Ordinal));
        string mutant = RecordedHistories.ReadText(name).Replace("\"TrainChallenger\"", "\"TrainSomethingElse\"", StringComparison.Ordinal);
        Assert.NotEqual(RecordedHistories.ReadText(name), mutant);
        await Assert.ThrowsAsync<WorkflowNondeterminismException>(
            () => Replayer().ReplayWorkflowAsync(WorkflowHistory.FromJson("replay/mutant", mutant)));
    }

    [Theory]
    [InlineData("promoted")]
    [InlineData("stopped-by-validation")]
    [InlineData("rejected")]
    [InlineData("approval-timed-out")]
    [InlineData("channel")]
    [InlineData("launch")]
    [InlineData("drift-watch")]
    [InlineData("drift-watch-of-a-cold-start")]
    [InlineData("cold-start-live")]
    [InlineData("cold-start-turned-down")]
    [InlineData("scoring")]
    [InlineData("data-sensor")]
    [InlineData("alerts")]
    [InlineData("alert-evaluation")]
    [InlineData("promoted-and-watched")]
    [InlineData("promotion-watch-elapsed")]
    [InlineData("promotion-watch-nothing-before")]
    [InlineData("promotion-watch-moved-on")]
    [InlineData("scheduled-scoring")]
    [InlineData("promotion-watch-rollback")]
    [InlineData("rollback")]
    [InlineData("rollback-by-policy")]
    [InlineData("signed-run")]
    [InlineData("signed-launch")]
    [InlineData("signed-join")]
    [InlineData("signed-rollback")]
    [InlineData("signed-cold-start")]
    [InlineData("compared-splits")]
    [InlineData("backtest-shuffled")]
    public void Histories_OfEveryEnding_AreRecorded(string ending) =>
        Assert.Contains(RecordedHistories.Names, name => name.Contains(ending, StringComparison.Ordinal));

    private static WorkflowReplayer Replayer() => new(
        new WorkflowReplayerOptions { DataConverter = PayloadConversion.Converter }
            .AddWorkflow<RetrainingWorkflow>()
            .AddWorkflow<LaunchRetrainingWorkflow>()
            .AddWorkflow<DriftWatchWorkflow>()
            .AddWorkflow<ColdStartWorkflow>()
            .AddWorkflow<BacktestWorkflow>()
            .AddWorkflow<ChannelWorkflow>()
            .AddWorkflow<AlertWorkflow>()
            .AddWorkflow<EvaluateAlertsWorkflow>()
            .AddWorkflow<RollbackWorkflow>()
            .AddWorkflow<PromotionWatchWorkflow>()
            .AddWorkflow<BatchScoringWorkflow>()
            .AddWorkflow<ScheduledScoringWorkflow>()
            .AddWorkflow<DataSensorWorkflow>());
}
