using Lifecycle.Cli.Hosting;
using Lifecycle.Domain.Sensors;
using Lifecycle.EndToEnd.Tests.Launching;
using Lifecycle.EndToEnd.Tests.Samples;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Sensing;
using Temporalio.Client;

namespace Lifecycle.Recorder;

/// <summary>Records the history of the sensor's workflow for tests/Replay.Tests, as the official server writes it.</summary>
public sealed class SensorHistoryRecording
{
    [Fact]
    public async Task History_OfASensor_IsWritten()
    {
        await using LaunchingStack stack = await LaunchingStack.StartAsync(EngineKind.Temporal, "sensors:\n  - { id: hook, webhook: true }");
        DataSensorRequest request = new() { Model = SampleModel.Name, Arrival = new() { Sensor = "hook", Digest = "d1" } };
        var run = await stack.Client.StartWorkflowAsync((DataSensorWorkflow workflow) => workflow.RunAsync(request), new("sense/recorded", TaskQueues.Lifecycle));
        Assert.Equal(["hook"], (await run.GetResultAsync()).Claimed);
        await Era.WriteAsync(run, "data-sensor");
    }
}
