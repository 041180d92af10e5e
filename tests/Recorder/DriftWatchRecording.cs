using Lifecycle.Cli.Hosting;
using Lifecycle.Client.Releases;
using Lifecycle.Domain.Runs;
using Lifecycle.EndToEnd.Tests.Runs;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.EndToEnd.Tests.Services;
using Lifecycle.EndToEnd.Tests.Watching;
using Lifecycle.Storage;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Watching;

namespace Lifecycle.Recorder;

/// <summary>
/// Records a look at three days of traffic, one of them broken and one that asks for a run, as the official server writes it.
/// </summary>
public sealed class DriftWatchRecording
{
    [Fact]
    public async Task History_OfALook_IsWritten()
    {
        await using SampleStack stack = await SampleStack.StartAsync(EngineKind.Temporal);
        using TemporaryFolder folder = new();
        RetrainingState champion = await SampleRuns.RetrainAsync(stack.Client, stack.Home, "2024-02");
        IBlobStore store = await BlobRooms.OpenStoreAsync(stack.Services.BlobConnectionString, CancellationToken.None);
        SampleTraffic traffic = new(store, folder.Path);
        await traffic.WriteAsync(champion, 4, TrafficKind.Usual);
        await traffic.WriteAsync(champion, 5, TrafficKind.Broken);
        await traffic.WriteAsync(champion, 6, TrafficKind.Contrary);
        var look = await stack.Client.StartWorkflowAsync(
            (DriftWatchWorkflow watch) => watch.RunAsync(new() { Model = SampleModel.Name }),
            new("watch-recording", TaskQueues.Lifecycle));
        Assert.Equal(3, (await look.GetResultAsync()).Windows.Length);
        await Era.WriteAsync(look, "drift-watch");
    }
}
