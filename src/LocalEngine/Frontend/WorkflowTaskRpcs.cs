using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Matching;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Workflow tasks, from the worker's poll to its answer.</summary>
internal sealed class WorkflowTaskRpcs(Engine engine, TaskPolls polls)
{
    public async Task<PollWorkflowTaskQueueResponse> PollWorkflowTaskQueueAsync(PollWorkflowTaskQueueRequest request, ServerCallContext call)
    {
        var queue = new TaskQueueId(request.Namespace, request.TaskQueue?.Name ?? "", TaskQueueType.Workflow);
        var task = await polls.PollAsync(queue, new Poller(request.Identity, request.WorkerInstanceKey), call);
        return (PollWorkflowTaskQueueResponse?)task ?? new();
    }

    public async Task<RespondWorkflowTaskCompletedResponse> RespondWorkflowTaskCompletedAsync(RespondWorkflowTaskCompletedRequest request, ServerCallContext call)
    {
        var token = TaskToken.Parse(request.TaskToken, TaskKind.WorkflowTask);
        var (refusal, response) = await engine.RunAsync(turn => Complete(turn, token, request));
        return refusal is null ? response : throw refusal;
    }

    public async Task<RespondWorkflowTaskFailedResponse> RespondWorkflowTaskFailedAsync(RespondWorkflowTaskFailedRequest request, ServerCallContext call)
    {
        var token = TaskToken.Parse(request.TaskToken, TaskKind.WorkflowTask);
        return await engine.RunAsync(turn =>
        {
            var run = Started(turn, token);
            var transition = turn.Step(run);
            if (request.Cause == WorkflowTaskFailedCause.GrpcMessageTooLarge)
            {
                Closing.Terminate(transition, "GrpcMessageTooLarge", details: null, "history-service");
            }
            else
            {
                WorkflowTasks.Fail(transition, request.Cause, request.Failure, request.Identity);
            }

            turn.Accept(run, transition);
            return new RespondWorkflowTaskFailedResponse();
        });
    }

    private (RefusedException? Refusal, RespondWorkflowTaskCompletedResponse Response) Complete(
        Turn turn,
        TaskToken token,
        RespondWorkflowTaskCompletedRequest request)
    {
        var run = Started(turn, token);
        var transition = turn.Step(run);
        var result = WorkflowTaskCompletion.Complete(transition, request, engine.Namespaces.Check(run.State.Namespace));
        var response = new RespondWorkflowTaskCompletedResponse { ResetHistoryEventId = result.ResetHistoryEventId };
        if (result.Refusal is not null)
        {
            turn.Accept(run, transition);
            return (result.Refusal, response);
        }

        QueryAnswers.Give(turn, run, request.QueryResults.ToDictionary(answer => answer.Key, answer => PayloadLimits.Answer(answer.Value)));
        turn.Accept(run, transition, keepTask: request.ReturnNewWorkflowTask);
        if (request.ReturnNewWorkflowTask)
        {
            response.WorkflowTask = NextTask(turn, run, request.Identity);
        }

        return (null, response);
    }

    // The worker that completed a task has the run in its cache: its next task comes with the answer.
    private static PollWorkflowTaskQueueResponse? NextTask(Turn turn, Run run, string identity)
    {
        var transition = turn.Step(run);
        if (!WorkflowTasks.Start(transition, identity))
        {
            return null;
        }

        turn.Accept(run, transition);
        return TaskResponses.WorkflowTask(run);
    }

    private static Run Started(Turn turn, TaskToken token)
    {
        var run = turn.Runs.Find(token.RunKey) ?? throw RefusedException.NotFound("workflow execution not found");
        if (!run.State.IsOpen)
        {
            throw RefusedException.AlreadyCompleted();
        }

        return run.State.Task is { IsStarted: true } task && task.StartedEventId == token.Number && task.Attempt == token.Attempt
            ? run
            : throw RefusedException.NotFound("Workflow task not found.");
    }
}
