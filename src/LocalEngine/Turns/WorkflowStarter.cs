using System.Text.Json;
using Google.Protobuf;
using Lifecycle.LocalEngine.History;
using Temporalio.Api.Common.V1;
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
            default:
                return new(Begin(turn, request, companion, verdict == StartVerdict.TerminateExisting ? existing : null), Started: true);
        }
    }

    private static Run Begin(Turn turn, StartWorkflowExecutionRequest request, Action<Transition>? companion, Run? displaced)
    {
        var started = StartedAttributes(request);
        started.OriginalExecutionRunId = turn.NewId();
        if (displaced is not null)
        {
            Terminate(turn, displaced, started.OriginalExecutionRunId);
        }

        var (run, begin) = turn.Create(request.Namespace, started, request.UserMetadata, request.RequestId);
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

    private static void Terminate(Turn turn, Run run, string byRunId)
    {
        var transition = turn.Step(run);
        var details = new Payload
        {
            Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
            Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes($"terminated by new runID: {byRunId}")),
        };
        Closing.Terminate(transition, "TerminateIfRunning WorkflowIdReusePolicy", new() { Payloads_ = { details } }, EngineIdentity);
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
            { TaskQueue: null } => "taskQueue is not set",
            { TaskQueue.Name.Length: 0 } => "missing task queue name",
            _ when RetryPolicies.Problem(request.RetryPolicy) is { } broken => broken,
            _ when NegativeDuration(request) is { } name => $"An invalid {name}Seconds is set on request. cause: negative duration",
            { CronSchedule.Length: > 0 } => "cron schedules are not supported by this engine: create a schedule instead.",
            { CompletionCallbacks.Count: > 0 } => "completion callbacks are not supported by this engine.",
            _ => check(request.SearchAttributes) ?? PayloadLimits.Problem(request.Input, request.Memo),
        };
        if (problem is not null)
        {
            throw RefusedException.Invalid(problem);
        }
    }

    private static string? NegativeDuration(StartWorkflowExecutionRequest request) => request switch
    {
        { WorkflowExecutionTimeout.Seconds: < 0 } => nameof(request.WorkflowExecutionTimeout),
        { WorkflowRunTimeout.Seconds: < 0 } => nameof(request.WorkflowRunTimeout),
        { WorkflowTaskTimeout.Seconds: < 0 } => nameof(request.WorkflowTaskTimeout),
        { WorkflowStartDelay.Seconds: < 0 } => nameof(request.WorkflowStartDelay),
        _ => null,
    };

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
