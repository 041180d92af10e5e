using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Releases;
using Lifecycle.EndToEnd.Tests.ColdStarts;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Watching;
using Temporalio.Client;

namespace Lifecycle.Recorder;

/// <summary>
/// Records a cold start that was rejected, one that was promoted, and a look at what it made live, as the official server writes
/// them.
/// </summary>
public sealed class ColdStartRecording
{
    [Fact]
    public async Task Histories_OfColdStarts_AreWritten()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        YoungModel.WriteBeside(stack.Home);
        var (rejected, _) = await SampleColdStarts.ProposeAsync(stack.Client);
        await SampleColdStarts.DecideAsync(rejected, stack.Home, DemoEngineers.Names[0], DecisionKind.Reject);
        Assert.Equal(ColdStartOutcome.Rejected, (await rejected.GetResultAsync()).Outcome);
        await Era.WriteAsync(rejected, "cold-start-turned-down");

        Assert.Equal(ColdStartOutcome.Promoted, (await SampleColdStarts.GoLiveAsync(stack.Client, stack.Home)).Outcome);
        await Era.WriteAsync(stack.Client.GetWorkflowHandle(WorkflowIds.ColdStart(YoungModel.Name)), "cold-start-live");

        var look = await stack.Client.StartWorkflowAsync(
            (DriftWatchWorkflow watch) => watch.RunAsync(new() { Model = YoungModel.Name }), new("watch-recording", TaskQueues.Lifecycle));
        Assert.Empty((await look.GetResultAsync()).Windows);
        await Era.WriteAsync(look, "drift-watch-of-a-cold-start");
    }
}
