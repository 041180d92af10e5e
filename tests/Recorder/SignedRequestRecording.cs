using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.ColdStarts;
using Lifecycle.EndToEnd.Tests.Rollbacks;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Publishing.Keys;
using Temporalio.Client;

namespace Lifecycle.Recorder;

/// <summary>
/// Records what engineers signed for, as the official server writes it: a run, a run that its first approver joins by signal, a
/// rollback, and a cold start that another joins.
/// </summary>
public sealed class SignedRequestRecording
{
    [Fact]
    public async Task Histories_OfSignedRequests_AreWritten()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        SampleRuns.Enrol(stack.Home, "linus");
        await RecordRunsAsync(stack);
        await RecordRollbackAsync(stack);
        await RecordColdStartAsync(stack);
    }

    private static async Task RecordRunsAsync(SampleStack stack)
    {
        using SigningKey ada = new KeyFolder(stack.Home.Root).Open("demo-ada");
        var signed = await SampleRuns.StartAsync(stack.Client, SampleRuns.Sign(SampleRuns.Request("2024-01"), ada));
        await SampleRuns.DecideAsync(signed, stack.Home, "demo-grace");
        await SampleRuns.DecideAsync(signed, stack.Home, "linus");
        Assert.Equal(RetrainingOutcome.Promoted, (await signed.GetResultAsync()).Outcome);
        await Era.WriteAsync(signed, "signed-run");
        await foreach (WorkflowExecution launch in stack.Client.ListWorkflowsAsync("WorkflowType = 'LaunchRetrainingWorkflow'"))
        {
            await Era.WriteAsync(stack.Client.GetWorkflowHandle(launch.Id, launch.RunId), "signed-launch");
        }

        var joined = await SampleRuns.StartAsync(stack.Client, "2024-02");
        await SampleRuns.DecideAsync(joined, stack.Home, "demo-ada");
        Assert.Empty((await SampleRuns.JoinAsync(joined, stack.Home, "demo-ada")).Decisions);
        await SampleRuns.DecideAsync(joined, stack.Home, "demo-grace");
        await SampleRuns.DecideAsync(joined, stack.Home, "linus");
        Assert.Equal(RetrainingOutcome.Promoted, (await joined.GetResultAsync()).Outcome);
        await Era.WriteAsync(joined, "signed-join");
    }

    private static async Task RecordRollbackAsync(SampleStack stack)
    {
        var rollback = await SampleRollbacks.ProposeSignedAsync(stack.Client, stack.Home, "demo-ada", live: 2);
        await SampleRollbacks.DecideAsync(rollback, stack.Home, "demo-grace");
        Assert.Equal(RollbackOutcome.RolledBack, (await rollback.GetResultAsync()).Outcome);
        await Era.WriteAsync(rollback, "signed-rollback");
    }

    private static async Task RecordColdStartAsync(SampleStack stack)
    {
        YoungModel.WriteBeside(stack.Home);
        SampleRuns.Enrol(stack.Home, "marie");
        var (start, _) = await SampleColdStarts.ProposeSignedAsync(stack.Client, stack.Home, "demo-ada");
        await SampleColdStarts.DecideAsync(start, stack.Home, "demo-grace");
        await SampleColdStarts.ProposeSignedAsync(stack.Client, stack.Home, "demo-grace");
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
        while ((await start.QueryAsync(workflow => workflow.State)).VerifiedRequesters.Length < 2)
        {
            await Task.Delay(100, limit.Token);
        }

        await SampleColdStarts.DecideAsync(start, stack.Home, "linus");
        await SampleColdStarts.DecideAsync(start, stack.Home, "marie");
        Assert.Equal(ColdStartOutcome.Promoted, (await start.GetResultAsync()).Outcome);
        await Era.WriteAsync(start, "signed-cold-start");
    }
}
