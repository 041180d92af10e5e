using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// Child workflows as their parent sees them: initiated by a command, started or refused by the engine afterwards, closed
/// when the last run of their chain closes.
/// </summary>
internal static class Children
{
    public static void Initiate(Transition transition, Command command, long completedEventId)
    {
        var state = transition.State;
        var child = command.StartChildWorkflowExecutionCommandAttributes;
        var eventId = transition.Record(new()
        {
            StartChildWorkflowExecutionInitiatedEventAttributes = new()
            {
                Namespace = state.Namespace,
                WorkflowId = child.WorkflowId,
                WorkflowType = child.WorkflowType,
                TaskQueue = new()
                {
                    Name = child.TaskQueue?.Name is { Length: > 0 } name ? name : state.TaskQueue,
                    Kind = TaskQueueKind.Normal,
                },
                Input = child.Input,
                WorkflowExecutionTimeout = child.WorkflowExecutionTimeout,
                WorkflowRunTimeout = child.WorkflowRunTimeout ?? new(),
                WorkflowTaskTimeout = child.WorkflowTaskTimeout.IsPositive() ? child.WorkflowTaskTimeout : state.Started.WorkflowTaskTimeout,
                InheritBuildId = child.InheritBuildId,
                ParentClosePolicy = child.ParentClosePolicy == ParentClosePolicy.Unspecified ? ParentClosePolicy.Terminate : child.ParentClosePolicy,
                WorkflowTaskCompletedEventId = completedEventId,
                WorkflowIdReusePolicy = child.WorkflowIdReusePolicy,
                RetryPolicy = child.RetryPolicy,
                Header = child.Header,
                Memo = child.Memo,
                SearchAttributes = child.SearchAttributes,
                Priority = child.Priority,
            },
            UserMetadata = command.UserMetadata,
        }).EventId;
        transition.Emit(new Effect.StartChild(eventId));
    }

    /// <summary>Event 1 of the child.</summary>
    public static WorkflowExecutionStartedEventAttributes StartedAttributes(RunState parent, PendingChild child) => new()
    {
        WorkflowId = child.Attributes.WorkflowId,
        WorkflowType = child.Attributes.WorkflowType,
        TaskQueue = child.Attributes.TaskQueue.Clone(),
        Input = child.Attributes.Input,
        WorkflowExecutionTimeout = child.Attributes.WorkflowExecutionTimeout,
        WorkflowRunTimeout = child.Attributes.WorkflowRunTimeout,
        WorkflowTaskTimeout = child.Attributes.WorkflowTaskTimeout,
        RetryPolicy = child.Attributes.RetryPolicy is { } policy ? RetryPolicies.Complete(policy) : null,
        Header = child.Attributes.Header,
        Memo = child.Attributes.Memo,
        SearchAttributes = child.Attributes.SearchAttributes,
        ParentWorkflowNamespace = parent.Namespace,
        ParentWorkflowExecution = parent.Execution,
        ParentInitiatedEventId = child.InitiatedEventId,
        RootWorkflowExecution = parent.Started.RootWorkflowExecution ?? parent.Execution,
        Priority = child.Attributes.Priority,
    };

    public static void Started(Transition parent, PendingChild child, WorkflowExecution execution)
    {
        parent.RecordNews(new()
        {
            ChildWorkflowExecutionStartedEventAttributes = new()
            {
                Namespace = parent.State.Namespace,
                InitiatedEventId = child.InitiatedEventId,
                WorkflowExecution = execution,
                WorkflowType = child.Attributes.WorkflowType,
                Header = child.Attributes.Header,
            },
        });
        WorkflowTasks.Schedule(parent);
    }

    public static void RefusedAsDuplicate(Transition parent, PendingChild child)
    {
        parent.RecordNews(new()
        {
            StartChildWorkflowExecutionFailedEventAttributes = new()
            {
                Namespace = parent.State.Namespace,
                WorkflowId = child.Attributes.WorkflowId,
                WorkflowType = child.Attributes.WorkflowType,
                Cause = StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists,
                InitiatedEventId = child.InitiatedEventId,
            },
        });
        WorkflowTasks.Schedule(parent);
    }

    /// <summary>The child's chain has closed with <paramref name="close"/>.</summary>
    public static void Closed(Transition parent, PendingChild child, WorkflowExecution execution, HistoryEvent close)
    {
        parent.RecordNews(CloseEvent(parent.State.Namespace, child, execution, close));
        WorkflowTasks.Schedule(parent);
    }

    private static HistoryEvent CloseEvent(string @namespace, PendingChild child, WorkflowExecution execution, HistoryEvent close)
    {
        var type = child.Attributes.WorkflowType;
        var (initiated, started) = (child.InitiatedEventId, child.StartedEventId);
        return close.AttributesCase switch
        {
            HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes => new()
            {
                ChildWorkflowExecutionCompletedEventAttributes = new()
                {
                    Result = close.WorkflowExecutionCompletedEventAttributes.Result,
                    Namespace = @namespace, WorkflowExecution = execution, WorkflowType = type, InitiatedEventId = initiated, StartedEventId = started,
                },
            },
            HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes => new()
            {
                ChildWorkflowExecutionFailedEventAttributes = new()
                {
                    Failure = close.WorkflowExecutionFailedEventAttributes.Failure,
                    RetryState = close.WorkflowExecutionFailedEventAttributes.RetryState,
                    Namespace = @namespace, WorkflowExecution = execution, WorkflowType = type, InitiatedEventId = initiated, StartedEventId = started,
                },
            },
            HistoryEvent.AttributesOneofCase.WorkflowExecutionCanceledEventAttributes => new()
            {
                ChildWorkflowExecutionCanceledEventAttributes = new()
                {
                    Details = close.WorkflowExecutionCanceledEventAttributes.Details,
                    Namespace = @namespace, WorkflowExecution = execution, WorkflowType = type, InitiatedEventId = initiated, StartedEventId = started,
                },
            },
            HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes => new()
            {
                ChildWorkflowExecutionTimedOutEventAttributes = new()
                {
                    RetryState = close.WorkflowExecutionTimedOutEventAttributes.RetryState,
                    Namespace = @namespace, WorkflowExecution = execution, WorkflowType = type, InitiatedEventId = initiated, StartedEventId = started,
                },
            },
            _ => new()
            {
                ChildWorkflowExecutionTerminatedEventAttributes = new()
                {
                    Namespace = @namespace, WorkflowExecution = execution, WorkflowType = type, InitiatedEventId = initiated, StartedEventId = started,
                },
            },
        };
    }
}
