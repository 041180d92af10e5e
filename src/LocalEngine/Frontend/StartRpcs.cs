using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Starting workflows, with or without a signal.</summary>
internal sealed class StartRpcs(Engine engine)
{
    public async Task<StartWorkflowExecutionResponse> StartWorkflowExecutionAsync(StartWorkflowExecutionRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        var check = engine.Namespaces.Check(request.Namespace);
        return await engine.RunAsync(turn => Response(WorkflowStarter.Start(turn, request, check)));
    }

    public async Task<SignalWithStartWorkflowExecutionResponse> SignalWithStartWorkflowExecutionAsync(
        SignalWithStartWorkflowExecutionRequest request,
        ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        var check = engine.Namespaces.Check(request.Namespace);
        PayloadLimits.Require(request.SignalInput);
        var signal = new Signal(request.SignalName, request.SignalInput, request.Header, request.Identity) { RequestId = request.RequestId };
        var result = await engine.RunAsync(turn => Response(WorkflowStarter.Start(turn, StartOf(request), check, step => Requests.Signal(step, signal))));
        return new() { RunId = result.RunId, Started = result.Started };
    }

    public static StartWorkflowExecutionResponse Response(StartResult result) => new()
    {
        RunId = result.Run.State.RunId,
        FirstExecutionRunId = result.Run.State.Started.FirstExecutionRunId,
        Started = result.Started,
        Status = result.Run.State.Status,
    };

    private static StartWorkflowExecutionRequest StartOf(SignalWithStartWorkflowExecutionRequest request) => new()
    {
        Namespace = request.Namespace,
        WorkflowId = request.WorkflowId,
        WorkflowType = request.WorkflowType,
        TaskQueue = request.TaskQueue,
        Input = request.Input,
        WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
        WorkflowRunTimeout = request.WorkflowRunTimeout,
        WorkflowTaskTimeout = request.WorkflowTaskTimeout,
        Identity = request.Identity,
        RequestId = request.RequestId,
        WorkflowIdReusePolicy = request.WorkflowIdReusePolicy,
        WorkflowIdConflictPolicy = request.WorkflowIdConflictPolicy == WorkflowIdConflictPolicy.Unspecified
            ? WorkflowIdConflictPolicy.UseExisting
            : request.WorkflowIdConflictPolicy,
        RetryPolicy = request.RetryPolicy,
        CronSchedule = request.CronSchedule,
        Memo = request.Memo,
        SearchAttributes = request.SearchAttributes,
        Header = request.Header,
        WorkflowStartDelay = request.WorkflowStartDelay,
        UserMetadata = request.UserMetadata,
        Priority = request.Priority,
    };
}
