using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Matching;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Activity attempts, by the token of the attempt or by the id of the activity.</summary>
internal sealed class ActivityTaskRpcs(Engine engine, TaskPolls polls)
{
    private const string Gone = "invalid activityID or activity already timed out or invoking workflow is completed";

    public async Task<PollActivityTaskQueueResponse> PollActivityTaskQueueAsync(PollActivityTaskQueueRequest request, ServerCallContext call)
    {
        var queue = new TaskQueueId(request.Namespace, request.TaskQueue?.Name ?? "", TaskQueueType.Activity);
        var task = await polls.PollAsync(queue, new Poller(request.Identity, request.WorkerInstanceKey), call);
        return (PollActivityTaskQueueResponse?)task ?? new();
    }

    public async Task<RespondActivityTaskCompletedResponse> RespondActivityTaskCompletedAsync(RespondActivityTaskCompletedRequest request, ServerCallContext call)
    {
        await StepAsync(Attempt(request.TaskToken), (step, activity) => Complete(step, activity, request.Result, request.Identity));
        return new();
    }

    public async Task<RespondActivityTaskCompletedByIdResponse> RespondActivityTaskCompletedByIdAsync(RespondActivityTaskCompletedByIdRequest request, ServerCallContext call)
    {
        var find = ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
        await StepAsync(find, (step, activity) => Complete(step, activity, request.Result, request.Identity));
        return new();
    }

    public async Task<RespondActivityTaskFailedResponse> RespondActivityTaskFailedAsync(RespondActivityTaskFailedRequest request, ServerCallContext call)
    {
        await StepAsync(Attempt(request.TaskToken), (step, activity) =>
            Fail(step, activity, request.Failure ?? new(), request.LastHeartbeatDetails, request.Identity));
        return new();
    }

    public async Task<RespondActivityTaskFailedByIdResponse> RespondActivityTaskFailedByIdAsync(RespondActivityTaskFailedByIdRequest request, ServerCallContext call)
    {
        var find = ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
        await StepAsync(find, (step, activity) =>
            Fail(step, activity, request.Failure ?? new(), request.LastHeartbeatDetails, request.Identity));
        return new();
    }

    public async Task<RespondActivityTaskCanceledResponse> RespondActivityTaskCanceledAsync(RespondActivityTaskCanceledRequest request, ServerCallContext call)
    {
        await StepAsync(Attempt(request.TaskToken), (step, activity) => Cancel(step, activity, request.Details, request.Identity));
        return new();
    }

    public async Task<RespondActivityTaskCanceledByIdResponse> RespondActivityTaskCanceledByIdAsync(RespondActivityTaskCanceledByIdRequest request, ServerCallContext call)
    {
        var find = ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
        await StepAsync(find, (step, activity) => Cancel(step, activity, request.Details, request.Identity));
        return new();
    }

    public async Task<RecordActivityTaskHeartbeatResponse> RecordActivityTaskHeartbeatAsync(RecordActivityTaskHeartbeatRequest request, ServerCallContext call)
    {
        var cancelRequested = await StepAsync(Attempt(request.TaskToken), (step, activity) => Heartbeat(step, activity, request.Details));
        return new() { CancelRequested = cancelRequested || PayloadLimits.IsOver(request.Details) };
    }

    public async Task<RecordActivityTaskHeartbeatByIdResponse> RecordActivityTaskHeartbeatByIdAsync(RecordActivityTaskHeartbeatByIdRequest request, ServerCallContext call)
    {
        var find = ById(request.Namespace, request.WorkflowId, request.RunId, request.ActivityId);
        var cancelRequested = await StepAsync(find, (step, activity) => Heartbeat(step, activity, request.Details));
        return new() { CancelRequested = cancelRequested || PayloadLimits.IsOver(request.Details) };
    }

    // More than may be stored ends the activity, as a failure that no policy retries.
    private static void Complete(Transition step, PendingActivity activity, Payloads? result, string identity)
    {
        if (PayloadLimits.Result(result) is { } tooLarge)
        {
            Activities.Fail(step, activity, tooLarge, lastHeartbeat: null, identity);
        }
        else
        {
            Activities.Complete(step, activity, result, identity);
        }
    }

    private static void Fail(Transition step, PendingActivity activity, Failure failure, Payloads? lastHeartbeat, string identity) =>
        Activities.Fail(step, activity, PayloadLimits.Failure(failure) ?? failure, PayloadLimits.IsOver(lastHeartbeat) ? null : lastHeartbeat, identity);

    private static void Cancel(Transition step, PendingActivity activity, Payloads? details, string identity)
    {
        if (PayloadLimits.Details(details) is { } tooLarge)
        {
            Activities.Fail(step, activity, tooLarge, lastHeartbeat: null, identity);
        }
        else
        {
            Activities.Cancel(step, activity, details, identity);
        }
    }

    private static void Heartbeat(Transition step, PendingActivity activity, Payloads? details)
    {
        if (PayloadLimits.Heartbeat(details) is { } tooLarge)
        {
            Activities.Fail(step, activity, tooLarge, lastHeartbeat: null, activity.Identity);
        }
        else
        {
            Activities.Heartbeat(step, activity, details);
        }
    }

    private static Func<Turn, (Run Run, PendingActivity Activity)> Attempt(Google.Protobuf.ByteString taskToken)
    {
        var token = TaskToken.Parse(taskToken, TaskKind.Activity);
        return turn => turn.Runs.Find(token.RunKey) is { State.IsOpen: true } run
            && run.State.Activities.TryGetValue(token.Number, out var activity)
            && activity.IsStarted
            && activity.Attempt == token.Attempt
                ? (run, activity)
                : throw RefusedException.NotFound(Gone);
    }

    private Func<Turn, (Run Run, PendingActivity Activity)> ById(string @namespace, string workflowId, string runId, string activityId)
    {
        engine.Namespaces.Require(@namespace);
        var execution = new WorkflowExecution { WorkflowId = workflowId, RunId = runId };
        return turn =>
        {
            var run = turn.RequireOpen(@namespace, execution);
            var found = run.State.Activities.Values.FirstOrDefault(activity => activity.Attributes.ActivityId == activityId);
            return found is not null ? (run, found) : throw RefusedException.NotFound(Gone);
        };
    }

    // Whether the workflow asked the activity to cancel is what a heartbeat wants to know.
    private Task<bool> StepAsync(Func<Turn, (Run Run, PendingActivity Activity)> find, Action<Transition, PendingActivity> step) => engine.RunAsync(turn =>
    {
        var (run, activity) = find(turn);
        var transition = turn.Step(run);
        step(transition, activity);
        turn.Accept(run, transition);
        return activity.CancelRequested;
    });
}
