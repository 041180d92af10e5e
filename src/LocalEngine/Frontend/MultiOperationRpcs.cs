using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Update-with-start: a start and an update in one transaction, or neither.</summary>
internal sealed class MultiOperationRpcs(Engine engine, UpdateWait wait)
{
    private const int StartIndex = 0;
    private const int UpdateIndex = 1;

    public async Task<ExecuteMultiOperationResponse> ExecuteMultiOperationAsync(ExecuteMultiOperationRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        if (request.Operations is not [{ StartWorkflow: { } start }, { UpdateWorkflow: { } update }])
        {
            throw RefusedException.Invalid("Operations have to be exactly [Start, Update].");
        }

        UpdateRpcs.Validate(update);
        var (started, sight) = await engine.RunAsync(turn => Begin(turn, start, update));
        var response = new ExecuteMultiOperationResponse();
        response.Responses.Add(new ExecuteMultiOperationResponse.Types.Response { StartWorkflow = started });
        try
        {
            response.Responses.Add(new ExecuteMultiOperationResponse.Types.Response { UpdateWorkflow = await wait.UntilAsync(sight, call) });
        }
        catch (RefusedException refusal)
        {
            throw Failed(refusal, UpdateIndex);
        }

        return response;
    }

    private (StartWorkflowExecutionResponse Started, UpdateSight Sight) Begin(Turn turn, StartWorkflowExecutionRequest start, UpdateWorkflowExecutionRequest update)
    {
        var result = Operation(StartIndex, () => Start(turn, start, update));
        var sight = Operation(UpdateIndex, () => UpdateWait.Observe(result.Run, update.Request.Meta.UpdateId, UpdateWait.Wanted(update.WaitPolicy)));
        return (StartRpcs.Response(result), sight);
    }

    // A retry of a request whose update the current run knows is answered by that run, whatever its state.
    private StartResult Start(Turn turn, StartWorkflowExecutionRequest start, UpdateWorkflowExecutionRequest update)
    {
        var current = turn.Runs.FindCurrent(start.Namespace, start.WorkflowId);
        return current is not null && current.State.Updates.ContainsKey(update.Request.Meta.UpdateId)
            ? new(current, Started: false)
            : WorkflowStarter.Start(turn, start, engine.Namespaces.Check(start.Namespace), step => Operation(UpdateIndex, () => Admit(step, update)));
    }

    private static bool Admit(Transition step, UpdateWorkflowExecutionRequest update)
    {
        Updates.Admit(step, update.Request);
        return true;
    }

    private static T Operation<T>(int index, Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (RefusedException refusal) when (refusal.Detail is not MultiOperationExecutionFailure)
        {
            throw Failed(refusal, index);
        }
    }

    private static RefusedException Failed(RefusedException refusal, int index)
    {
        var detail = new MultiOperationExecutionFailure();
        for (var operation = StartIndex; operation <= UpdateIndex; operation++)
        {
            var status = operation == index
                ? StatusOf(refusal)
                : new() { Code = (int)StatusCode.Aborted, Message = "Operation was aborted.", Details = { Any.Pack(new MultiOperationExecutionAborted()) } };
            detail.Statuses.Add(status);
        }

        return new(refusal.Code, "Update-with-Start could not be executed.", detail);
    }

    private static MultiOperationExecutionFailure.Types.OperationStatus StatusOf(RefusedException refusal)
    {
        var status = new MultiOperationExecutionFailure.Types.OperationStatus { Code = (int)refusal.Code, Message = refusal.Message };
        if (refusal.Detail is not null)
        {
            status.Details.Add(Any.Pack(refusal.Detail));
        }

        return status;
    }
}
