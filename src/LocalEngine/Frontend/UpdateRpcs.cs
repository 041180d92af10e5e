using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Updates of running workflows, and waiting for their outcome.</summary>
internal sealed class UpdateRpcs(Engine engine, UpdateWait wait)
{
    public async Task<UpdateWorkflowExecutionResponse> UpdateWorkflowExecutionAsync(UpdateWorkflowExecutionRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        Validate(request);
        var wanted = UpdateWait.Wanted(request.WaitPolicy);
        var first = await engine.RunAsync(turn =>
        {
            var run = turn.Require(request.Namespace, request.WorkflowExecution);
            Admit(turn, run, request);
            return UpdateWait.Observe(run, request.Request.Meta.UpdateId, wanted);
        });
        return await wait.UntilAsync(first, call);
    }

    public async Task<PollWorkflowExecutionUpdateResponse> PollWorkflowExecutionUpdateAsync(PollWorkflowExecutionUpdateRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        var updateId = request.UpdateRef?.UpdateId ?? "";
        var first = await engine.RunAsync(turn =>
        {
            var run = turn.Require(request.Namespace, request.UpdateRef?.WorkflowExecution);
            return run.State.Updates.ContainsKey(updateId)
                ? UpdateWait.Observe(run, updateId, UpdateWait.Wanted(request.WaitPolicy))
                : throw RefusedException.NotFound($"update \"{updateId}\" not found");
        });
        var reached = await wait.UntilAsync(first, call);
        return new() { UpdateRef = reached.UpdateRef, Stage = reached.Stage, Outcome = reached.Outcome };
    }

    /// <summary>Refuses what no run can take, and gives an update without id one.</summary>
    public static void Validate(UpdateWorkflowExecutionRequest request)
    {
        if (request.Request?.Input?.Name is not { Length: > 0 })
        {
            throw RefusedException.Invalid("Update input name is not set on request.");
        }

        request.Request.Meta ??= new();
        if (request.Request.Meta.UpdateId.Length == 0)
        {
            request.Request.Meta.UpdateId = Guid.NewGuid().ToString();
        }
    }

    /// <summary>Admits the update unless the run knows it already.</summary>
    public static void Admit(Turn turn, Run run, UpdateWorkflowExecutionRequest request)
    {
        RunRpcs.InChain(run, request.FirstExecutionRunId);
        if (!run.State.Updates.ContainsKey(request.Request.Meta.UpdateId))
        {
            var transition = turn.Step(run);
            Updates.Admit(transition, request.Request);
            turn.Accept(run, transition);
        }
    }
}
