using Lifecycle.Domain.Backtests;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Backtesting;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Kills;

/// <summary>kill -9 at every call of a backtest. Its table must be that of one that nobody disturbed.</summary>
public sealed class BacktestKillTests
{
    private static readonly string[] Activities =
        ["PlanBacktest", "TakeSnapshot", "ValidateSnapshot", "BuildFeatures", "TrainChallenger", "ExportModel", "EvaluateModel", "DrawBacktest"];

    [Theory]
    [MemberData(nameof(KillRows.OfWorker), MemberType = typeof(KillRows))]
    public async Task Backtest_WithAProcessKilledInEveryCall_SaysTheSame(string victim, string moment)
    {
        await using SplitServices services = await SplitServices.StartAsync();
        BacktestState undisturbed = await RunAsync(services.Client);
        await using KillSchedule kills = new(services, victim, Activities.Select(activity => $"{activity}.{moment}"));

        BacktestState disturbed = await RunAsync(services.Client);
        await kills.StopAsync();

        Assert.Equal(Activities.Length, kills.Count);
        Assert.Equal(undisturbed.Periods, disturbed.Periods);
        Assert.Equal(undisturbed.Page, disturbed.Page);
    }

    private static async Task<BacktestState> RunAsync(ITemporalClient client)
    {
        BacktestRequest request = new() { Model = SampleModel.Name, HeartbeatTimeout = TimeSpan.FromSeconds(2) };
        var backtest = await client.StartWorkflowAsync((BacktestWorkflow workflow) => workflow.RunAsync(request), new(WorkflowIds.Backtest(request.Model), TaskQueues.Lifecycle));
        return await RollbackKillTests.WaitAsync(backtest);
    }
}
