using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Backtests;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Backtesting;
using Temporalio.Client;

namespace Lifecycle.Recorder;

/// <summary>Records a backtest whose last period breaks the contract, as the official server writes it.</summary>
public sealed class BacktestRecording
{
    [Fact]
    public async Task History_OfABacktest_IsWritten()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        var backtest = await stack.Client.StartWorkflowAsync(
            (BacktestWorkflow workflow) => workflow.RunAsync(new() { Model = SampleModel.Name }), new(WorkflowIds.Backtest(SampleModel.Name), TaskQueues.Lifecycle));

        Assert.Equal(1, (await backtest.GetResultAsync()).Count(BacktestOutcome.StoppedByValidation));
        await Era.WriteAsync(backtest, "backtest");
    }

    [Fact]
    public async Task History_OfABacktestOnShuffledLabels_IsWritten()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        var backtest = await stack.Client.StartWorkflowAsync(
            (BacktestWorkflow workflow) => workflow.RunAsync(new() { Model = SampleModel.Name, To = "2024-02", ShuffleLabels = true }),
            new(WorkflowIds.Backtest(SampleModel.Name), TaskQueues.Lifecycle));

        Assert.Equal(1, (await backtest.GetResultAsync()).Count(BacktestOutcome.NothingLearnt));
        await Era.WriteAsync(backtest, "backtest-shuffled");
    }
}
