using Lifecycle.LocalEngine.History;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Turns;

/// <summary>What a start came to: the run, and whether this request began it.</summary>
internal readonly record struct StartResult(Run Run, bool Started);

/// <summary>
/// Starts workflows for clients and schedules. A start with the request id of the current run is the same start again and
/// gets the same answer.
/// </summary>
internal static class WorkflowStarter
{
    private const string EngineIdentity = "history-service";
    private const int MaximumIdLength = 1_000;

    /// <summary>
    /// Starts a workflow, or finds the one that the request means. <paramref name="companion"/> comes with the start: a
    /// signal, which precedes the first workflow task in the history, or an update, which travels with it.
    /// </summary>
    /// <exception cref="RefusedException">The request is invalid, or its workflow id is taken.</exception>
    public static StartResult Start(Turn turn, StartWorkflowExecutionRequest request, SearchAttributeCheck check, Action<Transition>? companion = null)
    {
        Validate(request, check);
        var existing = turn.Runs.FindCurrent(request.Namespace, request.WorkflowId);
        if (existing is not null && request.RequestId.Length > 0 && existing.StartRequestId == request.RequestId)
        {
            return new(existing, Started: true);
        }

        var verdict = existing is null
            ? StartVerdict.Begin
            : StartPolicy.Decide(existing.State, request.WorkflowIdReusePolicy, request.WorkflowIdConflictPolicy);
        switch (verdict)
        {
            case StartVerdict.Refuse:
                throw AlreadyStarted(existing!);
            case StartVerdict.UseExisting:
                Deliver(turn, existing!, companion);
                return new(existing!, Started: false);
            case StartVerdict.TerminateExisting:
                Terminate(turn, existing!);
                break;
        }

        return new(Begin(turn, request, companion), Started: true);
    }

    private static Run Begin(Turn turn, StartWorkflowExecutionRequest request, Action<Transition>? companion)
    {
        var (run, begin) = turn.Create(request.Namespace, StartedAttributes(request), request.UserMetadata, request.RequestId);
        companion?.Invoke(begin);
        WorkflowTasks.Schedule(begin);
        turn.Accept(run, begin);
        return run;
    }

    private static void Deliver(Turn turn, Run run, Action<Transition>? companion)
    {
        if (companion is not null)
        {
            var transition = turn.Step(run);
            companion(transition);
            turn.Accept(run, transition);
        }
    }

    private static void Terminate(Turn turn, Run run)
    {
        var transition = turn.Step(run);
        Closing.Terminate(transition, "TerminateIfRunning WorkflowIdReusePolicy", details: null, EngineIdentity);
        turn.Accept(run, transition);
    }

    private static RefusedException AlreadyStarted(Run existing) => new(
        Grpc.Core.StatusCode.AlreadyExists,
        existing.State.IsOpen
            ? $"Workflow execution is already running. WorkflowId: {existing.State.WorkflowId}, RunId: {existing.State.RunId}."
            : $"Workflow execution already finished. WorkflowId: {existing.State.WorkflowId}, RunId: {existing.State.RunId}. Workflow Id reuse policy rejects it.",
        new WorkflowExecutionAlreadyStartedFailure { StartRequestId = existing.StartRequestId, RunId = existing.State.RunId });

    private static void Validate(StartWorkflowExecutionRequest request, SearchAttributeCheck check)
    {
        var problem = request switch
        {
            { WorkflowId.Length: 0 } => "WorkflowId is not set on request.",
            { WorkflowId.Length: > MaximumIdLength } => $"WorkflowId length exceeds limit: {request.WorkflowId.Length} characters, {MaximumIdLength} allowed.",
            { WorkflowType: null or { Name.Length: 0 } } => "WorkflowType is not set on request.",
            { TaskQueue: null or { Name.Length: 0 } } => "missing task queue name",
            { CronSchedule.Length: > 0 } => "cron schedules are not supported by this engine: create a schedule instead.",
            { CompletionCallbacks.Count: > 0 } => "completion callbacks are not supported by this engine.",
            _ => check(request.SearchAttributes),
        };
        if (problem is not null)
        {
            throw RefusedException.Invalid(problem);
        }
    }

    private static WorkflowExecutionStartedEventAttributes StartedAttributes(StartWorkflowExecutionRequest request) => new()
    {
        WorkflowId = request.WorkflowId,
        WorkflowType = request.WorkflowType,
        TaskQueue = new() { Name = request.TaskQueue.Name, Kind = TaskQueueKind.Normal },
        Input = request.Input,
        WorkflowExecutionTimeout = request.WorkflowExecutionTimeout,
        WorkflowRunTimeout = request.WorkflowRunTimeout,
        WorkflowTaskTimeout = request.WorkflowTaskTimeout,
        Identity = request.Identity,
        RetryPolicy = request.RetryPolicy is { } policy ? RetryPolicies.Complete(policy) : null,
        Memo = request.Memo,
        SearchAttributes = request.SearchAttributes,
        Header = request.Header,
        ContinuedFailure = request.ContinuedFailure,
        LastCompletionResult = request.LastCompletionResult,
        FirstWorkflowTaskBackoff = request.WorkflowStartDelay,
        Priority = request.Priority,
    };
}
