using System.CommandLine;
using Lifecycle.Cli.Failures;
using Lifecycle.Cli.Options;
using Lifecycle.Cli.Output;
using Lifecycle.Client.Following;
using Lifecycle.Domain.Sensors;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Sensing;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.Cli.Verbs;

/// <summary><c>lifecycle data arrived</c>: tells a webhook sensor that new data is there.</summary>
public static class DataVerb
{
    /// <summary>The command with its part.</summary>
    public static Command Create() => new("data", "Tell that new data is there") { CreateArrived() };

    private static Command CreateArrived()
    {
        Argument<string> model = new("model") { Description = "Name of the model" };
        Option<string> sensor = new("--sensor") { Description = "Id of the sensor, one with 'webhook: true'", Required = true, HelpName = "ID" };
        Option<string?> snapshot = new("--snapshot") { Description = "DataSnapshot to take (default: the newest in model.yaml)", HelpName = "ID" };
        Option<string?> digest = new("--digest") { Description = "Identity of the content (default: the snapshot's id); the same one again starts nothing", HelpName = "TEXT" };
        return Verb.Create(
            "arrived", "Tell a webhook sensor that new data is there; starts one run for each content",
            "data arrived disposable-domain --sensor feed --snapshot 2022-09", "data arrived disposable-domain --sensor feed --digest 3f8a... --json")
            .Does([model, sensor, snapshot, digest], async (parsed, output, cancellation) =>
            {
                DataArrival arrival = new()
                {
                    Sensor = parsed.GetValue(sensor)!,
                    Snapshot = parsed.GetValue(snapshot),
                    Digest = parsed.GetValue(digest) ?? parsed.GetValue(snapshot)
                        ?? throw new CommandException(ExitCodes.BadInput, "neither --digest nor --snapshot is given; say what arrived by at least one of them"),
                };
                EngineLine line = await EngineLine.OpenAsync(GlobalOptions.ConnectionOf(parsed), cancellation);
                SensorSighting sighting = await TellAsync(line, new() { Model = parsed.GetValue(model)!, Arrival = arrival }, output.Progress, cancellation);
                output.Result(sighting, console => console.Line(sighting.Claimed is []
                    ? $"{arrival.Digest} was known already; nothing was started"
                    : $"{arrival.Digest} is new; {WorkflowIds.Retraining(parsed.GetValue(model)!)} is in flight"));
                return ExitCodes.Success;
            });
    }

    private static async Task<SensorSighting> TellAsync(
        EngineLine line, DataSensorRequest request, Action<string> tell, CancellationToken cancellation)
    {
        var told = await line.Client.StartWorkflowAsync(
            (DataSensorWorkflow workflow) => workflow.RunAsync(request),
            new(WorkflowIds.Arrival(request.Model, request.Arrival!), TaskQueues.Lifecycle)
            {
                IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
                StaticSummary = $"data for {request.Model}",
                Rpc = new() { CancellationToken = cancellation },
            });
        return await new WorkflowFollower<DataSensorWorkflow, SensorSighting>(line, told.Id, told.ResultRunId, tell, TimeProvider.System)
            .ResultAsync(cancellation);
    }
}
