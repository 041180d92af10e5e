using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Backtests;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Channels;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Backtesting;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.EndToEnd.Tests.Backtests;

/// <summary>A backtest over a small model's snapshots: two that it can learn from, and one that breaks the contract.</summary>
public sealed class BacktestTests
{
    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Backtest_OverThreeSnapshots_JudgesEachOnWhatItsTimeKnew(EngineKind kind)
    {
        Assert.SkipWhen(kind == EngineKind.Temporal && OfficialDevServer.FindProgram() is null, "the official Temporal CLI was not found; put it on PATH or set TEMPORAL_CLI_PATH");
        await using SampleStack stack = await SampleStack.StartAsync(kind);

        BacktestState state = await RunAsync(stack.Client, new() { Model = SampleModel.Name });

        Assert.Equal([BacktestOutcome.Blessed, BacktestOutcome.Blessed, BacktestOutcome.StoppedByValidation], state.Periods.Select(period => period.Outcome));
        Assert.Equal([null, "2024-01", null], state.Periods.Select(period => period.Champion));
        Assert.True(state.Periods[1].Loss < state.Periods[1].ChampionLoss);
        Assert.Equal("2024-02", state.Champion!.Snapshot);
        Assert.NotNull(state.Page);
        Assert.Empty(await stack.Store.ListAsync("snapshots/", default).ToListAsync());
        Assert.Null(await new ReleaseChannels(stack.Store).ReadAsync(SampleModel.Name, "production", default));
    }

    [Theory]
    [InlineData(EngineKind.Local)]
    [InlineData(EngineKind.Temporal)]
    public async Task Backtest_OnShuffledLabels_LearnsNothingAndMakesNoChampion(EngineKind kind)
    {
        await using SampleStack stack = await SampleStack.StartAsync(kind);

        BacktestState state = await RunAsync(stack.Client, new() { Model = SampleModel.Name, From = "2024-01", To = "2024-02", ShuffleLabels = true });

        Assert.Equal([BacktestOutcome.NothingLearnt, BacktestOutcome.NothingLearnt], state.Periods.Select(period => period.Outcome));
        Assert.All(state.Periods, period => Assert.True(period.Loss >= period.ReferenceLoss && period.Champion is null, period.Reason));
        Assert.All(state.Periods, period => Assert.EndsWith("It has learnt nothing that helps, as it must.", period.Reason, StringComparison.Ordinal));
        Assert.Null(state.Champion);
        Assert.Null(await new ReleaseChannels(stack.Store).ReadAsync(SampleModel.Name, "production", default));
    }

    [Fact]
    public async Task Backtest_OnShuffledLabelsWithoutSnapshots_TakesTheLastAlone()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);

        BacktestState state = await RunAsync(stack.Client, new() { Model = SampleModel.Name, To = "2024-02", ShuffleLabels = true });

        Assert.Equal(["2024-02"], state.Periods.Select(period => period.Snapshot));
    }

    [Theory]
    [InlineData("2024-02", "2024-01", "ends with 2024-01, before it begins with 2024-02")]
    [InlineData("2023-01", null, "has no snapshot '2023-01'")]
    [InlineData(null, "2023-01", "has no snapshot '2023-01'")]
    public async Task Backtest_OverSnapshotsThatAreNotThere_SaysSo(string? from, string? to, string expected)
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Local);

        WorkflowFailedException failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => RunAsync(stack.Client, new() { Model = SampleModel.Name, From = from, To = to }));

        Assert.Contains(expected, failed.InnerException!.InnerException!.Message, StringComparison.Ordinal);
    }

    private static async Task<BacktestState> RunAsync(ITemporalClient client, BacktestRequest request)
    {
        var backtest = await client.StartWorkflowAsync((BacktestWorkflow workflow) => workflow.RunAsync(request), new(WorkflowIds.Backtest(request.Model), TaskQueues.Lifecycle));
        return await backtest.GetResultAsync();
    }
}
