using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Sensors;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Sensing;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Launching;

/// <summary>
/// Records the history of the sensor's workflow for tests/Replay.Tests, as the official server writes it. Not a test: it runs only when
/// <c>LIFECYCLE_RECORD</c> names the folder of an era, such as <c>tests/Replay.Tests/Histories/2026-11</c>.
/// </summary>
public sealed class SensorHistoryRecording
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("LIFECYCLE_RECORD");

    [Fact]
    public async Task History_OfASensor_IsWritten()
    {
        Assert.SkipWhen(Folder is null, "records only when LIFECYCLE_RECORD names a folder");
        await using LaunchingStack stack = await LaunchingStack.StartAsync(EngineKind.Temporal, "sensors:\n  - { id: hook, webhook: true }");
        DataSensorRequest request = new() { Model = SampleModel.Name, Arrival = new() { Sensor = "hook", Digest = "d1" } };
        var run = await stack.Client.StartWorkflowAsync((DataSensorWorkflow workflow) => workflow.RunAsync(request), new("sense/recorded", TaskQueues.Lifecycle));
        Assert.Equal(["hook"], (await run.GetResultAsync()).Claimed);
        await File.WriteAllTextAsync(Path.Combine(Folder!, "data-sensor.json"), (await run.FetchHistoryAsync()).ToJson() + "\n");
    }
}
