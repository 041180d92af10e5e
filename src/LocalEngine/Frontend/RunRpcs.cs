using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>What clients do to runs: signal, cancel, terminate, delete.</summary>
internal sealed class RunRpcs(Engine engine)
{
    public async Task<SignalWorkflowExecutionResponse> SignalWorkflowExecutionAsync(SignalWorkflowExecutionRequest request, ServerCallContext call)
    {
        PayloadLimits.Require(request.Input);
        var signal = new Signal(request.SignalName, request.Input, request.Header, request.Identity) { RequestId = request.RequestId };
        await engine.StepAsync(request.Namespace, request.WorkflowExecution, (turn, run) =>
        {
            var transition = turn.Step(Open(run));
            Requests.Signal(transition, signal);
            return transition;
        });
        return new();
    }

    /// <summary>A cancellation of a closed run changes nothing and is no error.</summary>
    public async Task<RequestCancelWorkflowExecutionResponse> RequestCancelWorkflowExecutionAsync(
        RequestCancelWorkflowExecutionRequest request,
        ServerCallContext call)
    {
        await engine.StepAsync(request.Namespace, request.WorkflowExecution, (turn, run) =>
        {
            InChain(run, request.FirstExecutionRunId);
            var transition = turn.Step(run);
            Requests.Cancel(transition, new CancelRequest(request.Reason, request.Identity));
            return run.State.IsOpen ? transition : null;
        });
        return new();
    }

    public async Task<TerminateWorkflowExecutionResponse> TerminateWorkflowExecutionAsync(TerminateWorkflowExecutionRequest request, ServerCallContext call)
    {
        await engine.StepAsync(request.Namespace, request.WorkflowExecution, (turn, run) =>
        {
            InChain(run, request.FirstExecutionRunId);
            var transition = turn.Step(Open(run));
            Closing.Terminate(transition, request.Reason, request.Details, request.Identity);
            return transition;
        });
        return new();
    }

    /// <summary>Deletes a run and its history; one that is open is terminated first.</summary>
    public async Task<DeleteWorkflowExecutionResponse> DeleteWorkflowExecutionAsync(DeleteWorkflowExecutionRequest request, ServerCallContext call)
    {
        Run terminated;
        try
        {
            terminated = await TerminateAsync(request);
        }
        catch (RefusedException unreadable) when (unreadable.Code == StatusCode.DataLoss)
        {
            return await engine.RunAsync(turn =>
            {
                turn.DeleteUnreadable(request.Namespace, request.WorkflowExecution);
                return new DeleteWorkflowExecutionResponse();
            });
        }

        return await engine.RunAsync(turn =>
        {
            turn.Delete(terminated);
            return new DeleteWorkflowExecutionResponse();
        });
    }

    private Task<Run> TerminateAsync(DeleteWorkflowExecutionRequest request) =>
        engine.StepAsync(request.Namespace, request.WorkflowExecution, (turn, run) =>
        {
            if (!run.State.IsOpen)
            {
                return null;
            }

            var transition = turn.Step(run);
            Closing.Terminate(transition, "Delete workflow execution", details: null, "history-service");
            return transition;
        });

    public async Task<ResetStickyTaskQueueResponse> ResetStickyTaskQueueAsync(ResetStickyTaskQueueRequest request, ServerCallContext call)
    {
        await engine.StepAsync(request.Namespace, request.Execution, (turn, run) =>
        {
            var transition = turn.Step(Open(run));
            WorkflowTasks.LeaveSticky(transition);
            transition.Emit(new Effect.OfferWorkflowTask());
            return transition;
        });
        return new();
    }

    /// <summary>Refuses a run that is not of the chain a client means.</summary>
    public static void InChain(Run run, string firstRunId)
    {
        if (firstRunId.Length > 0 && run.State.Started.FirstExecutionRunId != firstRunId)
        {
            throw RefusedException.NotFound($"workflow execution not found: the current run of {run.State.WorkflowId} is not of the chain that began with {firstRunId}");
        }
    }

    private static Run Open(Run run) => run.State.IsOpen ? run : throw RefusedException.AlreadyCompleted();
}
