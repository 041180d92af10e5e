using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// The end of a run, by its own command, by request or by timeout. A chain may go on in a new run (continue-as-new or
/// retry); otherwise the parent is told. Children are released by their parent close policy.
/// </summary>
internal static class Closing
{
    /// <summary>Applies one of the four closing commands.</summary>
    public static void Apply(Transition transition, Command command, long completedEventId)
    {
        switch (command.CommandType)
        {
            case CommandType.CompleteWorkflowExecution:
                Close(transition, new()
                {
                    WorkflowExecutionCompletedEventAttributes = new()
                    {
                        Result = command.CompleteWorkflowExecutionCommandAttributes.Result,
                        WorkflowTaskCompletedEventId = completedEventId,
                    },
                });
                break;
            case CommandType.CancelWorkflowExecution:
                Close(transition, new()
                {
                    WorkflowExecutionCanceledEventAttributes = new()
                    {
                        Details = command.CancelWorkflowExecutionCommandAttributes.Details,
                        WorkflowTaskCompletedEventId = completedEventId,
                    },
                });
                break;
            case CommandType.FailWorkflowExecution:
                Fail(transition, command.FailWorkflowExecutionCommandAttributes.Failure, completedEventId);
                break;
            case CommandType.ContinueAsNewWorkflowExecution:
                ContinueAsNew(transition, command.ContinueAsNewWorkflowExecutionCommandAttributes, completedEventId);
                break;
            default:
                throw new InvalidOperationException($"The command {command.CommandType} passed validation but no concern takes it.");
        }
    }

    public static void Terminate(Transition transition, string reason, Payloads? details, string identity)
    {
        EndOpenTask(transition);
        Close(transition, new()
        {
            WorkflowExecutionTerminatedEventAttributes = new() { Reason = reason, Details = details, Identity = identity },
        });
    }

    /// <summary>The run exceeded its run timeout or the execution timeout of its chain.</summary>
    public static void TimeOut(Transition transition)
    {
        EndOpenTask(transition);
        var failure = new Failure
        {
            Message = "workflow timeout",
            Source = "Server",
            TimeoutFailureInfo = new() { TimeoutType = TimeoutType.StartToClose },
        };
        var (state, next) = Retry(transition, failure);
        Close(transition, new()
        {
            WorkflowExecutionTimedOutEventAttributes = new()
            {
                RetryState = state,
                NewExecutionRunId = next?.OriginalExecutionRunId ?? "",
            },
        }, next);
    }

    private static void Fail(Transition transition, Failure failure, long completedEventId)
    {
        var (state, next) = Retry(transition, failure);
        Close(transition, new()
        {
            WorkflowExecutionFailedEventAttributes = new()
            {
                Failure = failure,
                RetryState = state,
                WorkflowTaskCompletedEventId = completedEventId,
                NewExecutionRunId = next?.OriginalExecutionRunId ?? "",
            },
        }, next);
    }

    private static (RetryState State, WorkflowExecutionStartedEventAttributes? Next) Retry(Transition transition, Failure failure)
    {
        var started = transition.State.Started;
        if (started.RetryPolicy is not { } policy)
        {
            return (RetryState.RetryPolicyNotSet, null);
        }

        var expiration = started.WorkflowExecutionExpirationTime?.ToDateTimeOffset();
        var (state, delay) = RetryPolicies.Decide(policy, started.Attempt, failure, transition.Now, expiration);
        return state == RetryState.InProgress ? (state, Successors.AfterFailure(transition, failure, delay)) : (state, null);
    }

    private static void ContinueAsNew(Transition transition, ContinueAsNewWorkflowExecutionCommandAttributes command, long completedEventId)
    {
        var next = Successors.ContinuedAsNew(transition, command);
        Close(transition, new()
        {
            WorkflowExecutionContinuedAsNewEventAttributes = new()
            {
                NewExecutionRunId = next.OriginalExecutionRunId,
                WorkflowType = next.WorkflowType,
                TaskQueue = next.TaskQueue,
                Input = next.Input,
                WorkflowRunTimeout = next.WorkflowRunTimeout,
                WorkflowTaskTimeout = next.WorkflowTaskTimeout,
                WorkflowTaskCompletedEventId = completedEventId,
                BackoffStartInterval = command.BackoffStartInterval,
                Initiator = command.Initiator,
                InheritBuildId = command.InheritBuildId,
                Failure = next.ContinuedFailure,
                LastCompletionResult = next.LastCompletionResult,
                Header = next.Header,
                Memo = next.Memo,
                SearchAttributes = next.SearchAttributes,
            },
        }, next);
    }

    // A run that is closed from outside takes its workflow task away from the worker, and keeps the news it had not seen.
    private static void EndOpenTask(Transition transition)
    {
        if (transition.State.Task is { IsStarted: true, IsWritten: true } task)
        {
            transition.Record(new()
            {
                WorkflowTaskFailedEventAttributes = new()
                {
                    ScheduledEventId = task.ScheduledEventId,
                    StartedEventId = task.StartedEventId,
                    Cause = WorkflowTaskFailedCause.ForceCloseCommand,
                },
            });
        }

        transition.State = transition.State with { Task = null };
        transition.FlushBuffer();
    }

    private static void Close(Transition transition, HistoryEvent close, WorkflowExecutionStartedEventAttributes? next = null)
    {
        var children = transition.State.Children;
        Updates.AnnounceClose(transition);
        transition.Record(close);
        if (next is not null)
        {
            transition.Emit(new Effect.ContinueChain(next, transition.State.Metadata));
        }
        else if (transition.State.Started.ParentWorkflowExecution is not null)
        {
            transition.Emit(new Effect.NotifyParent());
        }

        foreach (var child in children.Values.Where(child => child.RunId.Length > 0 && child.Attributes.ParentClosePolicy != ParentClosePolicy.Abandon))
        {
            var execution = new WorkflowExecution { WorkflowId = child.Attributes.WorkflowId, RunId = child.RunId };
            var terminate = child.Attributes.ParentClosePolicy == ParentClosePolicy.Terminate;
            transition.Emit(new Effect.ReleaseChild(execution, child.InitiatedEventId, terminate));
        }
    }
}
