using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.ColdStarts;
using Lifecycle.Domain.Releases;
using Lifecycle.EndToEnd.Tests.ColdStarts;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Watching;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Recording;

/// <summary>
/// Records a cold start that was rejected, one that was promoted, and a look at what it made live, as the official server writes
/// them. Not a test: it runs only when <c>LIFECYCLE_RECORD</c> names the folder of an era.
/// </summary>
public sealed class ColdStartRecording
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("LIFECYCLE_RECORD");

    [Fact]
    public async Task Histories_OfColdStarts_AreWritten()
    {
        Assert.SkipWhen(Folder is null, "records only when LIFECYCLE_RECORD names a folder");
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        YoungModel.WriteBeside(stack.Home);
        var (rejected, _) = await SampleColdStarts.ProposeAsync(stack.Client);
        await SampleColdStarts.DecideAsync(rejected, stack.Home, DemoEngineers.Names[0], DecisionKind.Reject);
        Assert.Equal(ColdStartOutcome.Rejected, (await rejected.GetResultAsync()).Outcome);
        await WriteAsync(rejected, "cold-start-turned-down");

        Assert.Equal(ColdStartOutcome.Promoted, (await SampleColdStarts.GoLiveAsync(stack.Client, stack.Home)).Outcome);
        await WriteAsync(stack.Client.GetWorkflowHandle(WorkflowIds.ColdStart(YoungModel.Name)), "cold-start-live");

        var look = await stack.Client.StartWorkflowAsync(
            (DriftWatchWorkflow watch) => watch.RunAsync(new() { Model = YoungModel.Name }), new("watch-recording", TaskQueues.Lifecycle));
        Assert.Empty((await look.GetResultAsync()).Windows);
        await WriteAsync(look, "drift-watch-of-a-cold-start");
    }

    private static async Task WriteAsync(WorkflowHandle run, string ending) =>
        await File.WriteAllTextAsync(Path.Combine(Folder!, $"{ending}.json"), (await run.FetchHistoryAsync()).ToJson() + "\n");
}
