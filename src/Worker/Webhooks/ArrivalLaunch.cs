using Lifecycle.Domain.Sensors;
using Lifecycle.Workflows;
using Lifecycle.Workflows.Contracts;
using Lifecycle.Workflows.Sensing;
using Microsoft.AspNetCore.Http;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Lifecycle.Worker.Webhooks;

/// <summary>
/// Hands an arrival to the sensors' workflow. Its id is made of the content, so that a sender who tries again while the
/// first attempt is worked on is told the same; later, the sensor's record knows the digest.
/// </summary>
internal sealed class ArrivalLaunch(ITemporalClient client)
{
    // Senders of webhooks give up after some ten seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>The answer, once the workflow has one, or that it goes on.</summary>
    /// <exception cref="ArrivalRefusedException">The model, sensor or snapshot is not there, or the engine does not answer.</exception>
    public async Task<ArrivalAnswer> TakeAsync(DataSensorRequest request, CancellationToken cancellation)
    {
        string id = WorkflowIds.Arrival(request.Model, request.Arrival!);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            WorkflowHandle<DataSensorWorkflow, SensorSighting> handle = await client.StartWorkflowAsync(
                (DataSensorWorkflow workflow) => workflow.RunAsync(request),
                new(id, TaskQueues.Lifecycle)
                {
                    IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
                    StaticSummary = $"data for {request.Model}",
                    Rpc = new() { CancellationToken = cancellation },
                });
            return Answer(request, await handle.GetResultAsync(rpcOptions: new() { CancellationToken = patience.Token }));
        }
        catch (Exception waiting) when (waiting is OperationCanceledException or RpcException && patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new() { Digest = request.Arrival!.Digest, WorkflowId = id };
        }
        catch (WorkflowFailedException failure)
        {
            throw new ArrivalRefusedException(StatusCodes.Status422UnprocessableEntity, Innermost(failure), failure);
        }
        catch (RpcException failure)
        {
            throw new ArrivalRefusedException(StatusCodes.Status503ServiceUnavailable, $"the engine does not take it: {failure.Message}; post it again later", failure);
        }
    }

    private static ArrivalAnswer Answer(DataSensorRequest request, SensorSighting sighting) => sighting.Claimed is []
        ? new() { Digest = request.Arrival!.Digest, IsNew = false }
        : new() { Digest = request.Arrival!.Digest, IsNew = true, WorkflowId = WorkflowIds.Retraining(request.Model) };

    private static string Innermost(Exception failure) => failure.InnerException is { } inner ? Innermost(inner) : failure.Message;
}
