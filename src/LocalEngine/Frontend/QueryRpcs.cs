using System.Collections.Concurrent;
using Grpc.Core;
using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Matching;
using Lifecycle.LocalEngine.Turns;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Frontend;

/// <summary>Queries: answered by a worker, never stored.</summary>
internal sealed class QueryRpcs(Engine engine)
{
    private const int HopelessAttempt = 3;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StickyPatience = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<long, PendingQuery> pending = new();
    private long lastNumber = engine.Time.GetUtcNow().UtcTicks;

    public async Task<QueryWorkflowResponse> QueryWorkflowAsync(QueryWorkflowRequest request, ServerCallContext call)
    {
        engine.Namespaces.Require(request.Namespace);
        PayloadLimits.Require(request.Query?.QueryArgs);
        var (query, run) = await engine.RunAsync(turn => Begin(turn, request));
        if (query is null)
        {
            return new() { QueryRejected = new() { Status = run.State.Status } };
        }

        try
        {
            var answer = await WaitAsync(query, call);
            return answer.Type == QueryResultType.Answered
                ? new() { QueryResult = answer.Result }
                : throw new RefusedException(StatusCode.InvalidArgument, answer.ErrorMessage, new QueryFailedFailure { Failure = answer.Failure });
        }
        finally
        {
            pending.TryRemove(query.Number, out _);
            query.Abandon();
        }
    }

    public Task<RespondQueryTaskCompletedResponse> RespondQueryTaskCompletedAsync(RespondQueryTaskCompletedRequest request, ServerCallContext call)
    {
        var token = TaskToken.Parse(request.TaskToken, TaskKind.Query);
        if (!pending.TryGetValue(token.Number, out var query))
        {
            throw RefusedException.NotFound("query task not found, or already expired");
        }

        if (PayloadLimits.IsOver(request.QueryResult))
        {
            (request.CompletedType, request.QueryResult, request.ErrorMessage) = (QueryResultType.Failed, null, PayloadLimits.BlobProblem);
        }

        query.Complete(TaskResponses.AnswerOf(request));
        return Task.FromResult(new RespondQueryTaskCompletedResponse());
    }

    private (PendingQuery? Query, Run Run) Begin(Turn turn, QueryWorkflowRequest request)
    {
        var run = turn.Require(request.Namespace, request.Execution);
        if (IsRejected(run.State, request.QueryRejectCondition))
        {
            return (null, run);
        }

        RequireReady(run.State);
        var query = new PendingQuery(Interlocked.Increment(ref lastNumber), run.Key, request.Query);
        pending[query.Number] = query;
        if (run.State.Task is null)
        {
            turn.Offers.OfferQuery(turn, run, query);
        }
        else
        {
            run.Queries.Add(query);
        }

        return (query, run);
    }

    private async Task<QueryAnswer> WaitAsync(PendingQuery query, ServerCallContext call)
    {
        var window = call.Within(Window, engine.Time);
        var patience = window < StickyPatience ? window : StickyPatience;
        if (!await query.Answer.IsDoneWithinAsync(patience, engine.Time, call.CancellationToken))
        {
            await engine.RunAsync(turn => OfferBeyondSticky(turn, query));
            if (!await query.Answer.IsDoneWithinAsync(window - patience, engine.Time, call.CancellationToken))
            {
                throw new RefusedException(StatusCode.DeadlineExceeded, "no worker answered the query in time: is one running, and does it poll the task queue of the workflow?");
            }
        }

        return await query.Answer;
    }

    // The sticky worker may be gone: whoever polls the normal queue can answer from the whole history.
    private static bool OfferBeyondSticky(Turn turn, PendingQuery query)
    {
        if (turn.Runs.Find(query.RunKey) is { } run && !run.Queries.Contains(query))
        {
            turn.Offers.OfferQuery(turn, run, query, avoidSticky: true);
        }

        return true;
    }

    private static bool IsRejected(RunState state, QueryRejectCondition condition) => condition switch
    {
        QueryRejectCondition.NotOpen => !state.IsOpen,
        QueryRejectCondition.NotCompletedCleanly => !state.IsOpen && state.Status != WorkflowExecutionStatus.Completed,
        _ => false,
    };

    private static void RequireReady(RunState state)
    {
        if (state is { IsOpen: true, Task: null, PreviousStartedEventId: 0 })
        {
            throw new RefusedException(StatusCode.FailedPrecondition, "Workflow not ready: its first workflow task has not been scheduled yet.", new WorkflowNotReadyFailure());
        }

        if (state.Task is { Attempt: >= HopelessAttempt })
        {
            throw new RefusedException(
                StatusCode.FailedPrecondition,
                $"Cannot query workflow: its workflow task fails again and again (attempt {state.Task.Attempt}). Mend the workflow code or reset the workflow.",
                new WorkflowNotReadyFailure());
        }
    }
}
