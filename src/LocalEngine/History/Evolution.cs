using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// What each event means for the state of its run. The same function serves a run as it happens and a run that is read
/// back from disk, so the two cannot disagree. News that was buffered is applied twice, on arrival and when it gets its
/// id, so every case gives the same state the second time.
/// </summary>
internal static class Evolution
{
    /// <summary>The state of a run whose first event is <paramref name="first"/>, before any other.</summary>
    public static RunState Begin(string @namespace, HistoryEvent first)
    {
        var started = first.WorkflowExecutionStartedEventAttributes;
        return new RunState
        {
            Namespace = @namespace,
            Started = started,
            StartedAt = first.EventTime.ToDateTimeOffset(),
            Metadata = first.UserMetadata,
            AwaitsFirstTask = started.FirstWorkflowTaskBackoff.IsPositive(),
            Memo = started.Memo?.Clone() ?? new(),
            SearchAttributes = started.SearchAttributes?.Clone() ?? new(),
        };
    }

    /// <summary>The state after an event that has its place in the history.</summary>
    public static RunState Extend(RunState state, HistoryEvent @event) => Apply(state, @event) with
    {
        NextEventId = @event.EventId + 1,
        HistoryBytes = state.HistoryBytes + @event.CalculateSize(),
    };

    public static RunState Apply(RunState state, HistoryEvent @event) => @event.EventType switch
    {
        EventType.WorkflowTaskCompleted => state with { PreviousStartedEventId = @event.WorkflowTaskCompletedEventAttributes.StartedEventId },

        EventType.ActivityTaskScheduled => Scheduled(state, @event),
        EventType.ActivityTaskCancelRequested => CancelRequested(state, @event),
        EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut or EventType.ActivityTaskCanceled =>
            state with { Activities = state.Activities.Remove(EventLinks.Origin(@event)) },

        EventType.TimerStarted => TimerStarted(state, @event),
        EventType.TimerFired => state with { Timers = state.Timers.Remove(@event.TimerFiredEventAttributes.TimerId) },
        EventType.TimerCanceled => state with { Timers = state.Timers.Remove(@event.TimerCanceledEventAttributes.TimerId) },

        EventType.StartChildWorkflowExecutionInitiated => ChildInitiated(state, @event),
        EventType.ChildWorkflowExecutionStarted => ChildStarted(state, @event),
        EventType.StartChildWorkflowExecutionFailed or EventType.ChildWorkflowExecutionCompleted or EventType.ChildWorkflowExecutionFailed or
            EventType.ChildWorkflowExecutionCanceled or EventType.ChildWorkflowExecutionTimedOut or EventType.ChildWorkflowExecutionTerminated =>
            state with { Children = state.Children.Remove(EventLinks.Origin(@event)) },

        EventType.SignalExternalWorkflowExecutionInitiated => state with
        {
            ExternalSignals = state.ExternalSignals.SetItem(@event.EventId, @event.SignalExternalWorkflowExecutionInitiatedEventAttributes),
        },
        EventType.ExternalWorkflowExecutionSignaled or EventType.SignalExternalWorkflowExecutionFailed =>
            state with { ExternalSignals = state.ExternalSignals.Remove(EventLinks.Origin(@event)) },
        EventType.RequestCancelExternalWorkflowExecutionInitiated => state with
        {
            ExternalCancels = state.ExternalCancels.SetItem(@event.EventId, @event.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes),
        },
        EventType.ExternalWorkflowExecutionCancelRequested or EventType.RequestCancelExternalWorkflowExecutionFailed =>
            state with { ExternalCancels = state.ExternalCancels.Remove(EventLinks.Origin(@event)) },

        EventType.WorkflowExecutionSignaled => Signaled(state, @event),
        EventType.WorkflowExecutionCancelRequested => state with { CancelRequested = true },
        EventType.WorkflowExecutionUpdateAccepted => UpdateAccepted(state, @event),
        EventType.WorkflowExecutionUpdateCompleted => UpdateCompleted(state, @event),
        EventType.UpsertWorkflowSearchAttributes => SearchAttributesUpserted(state, @event),
        EventType.WorkflowPropertiesModified => MemoUpserted(state, @event),

        EventType.WorkflowExecutionCompleted => Closed(state, @event, WorkflowExecutionStatus.Completed),
        EventType.WorkflowExecutionFailed => Closed(state, @event, WorkflowExecutionStatus.Failed),
        EventType.WorkflowExecutionCanceled => Closed(state, @event, WorkflowExecutionStatus.Canceled),
        EventType.WorkflowExecutionTerminated => Closed(state, @event, WorkflowExecutionStatus.Terminated),
        EventType.WorkflowExecutionTimedOut => Closed(state, @event, WorkflowExecutionStatus.TimedOut),
        EventType.WorkflowExecutionContinuedAsNew => Closed(state, @event, WorkflowExecutionStatus.ContinuedAsNew),
        _ => state,
    };

    private static RunState Scheduled(RunState state, HistoryEvent @event)
    {
        var at = @event.EventTime.ToDateTimeOffset();
        return state with
        {
            Activities = state.Activities.SetItem(@event.EventId, new PendingActivity
            {
                ScheduledEventId = @event.EventId,
                Attributes = @event.ActivityTaskScheduledEventAttributes,
                FirstScheduledAt = at,
                AttemptScheduledAt = at,
            }),
        };
    }

    private static RunState CancelRequested(RunState state, HistoryEvent @event)
    {
        var scheduled = @event.ActivityTaskCancelRequestedEventAttributes.ScheduledEventId;
        return state.Activities.TryGetValue(scheduled, out var activity)
            ? state with { Activities = state.Activities.SetItem(scheduled, activity with { CancelRequestedEventId = @event.EventId }) }
            : state;
    }

    private static RunState TimerStarted(RunState state, HistoryEvent @event)
    {
        var timer = @event.TimerStartedEventAttributes;
        var firesAt = ProtocolTime.Saturating(@event.EventTime.ToDateTimeOffset(), timer.StartToFireTimeout.OrZero());
        return state with { Timers = state.Timers.SetItem(timer.TimerId, new(timer.TimerId, @event.EventId, firesAt)) };
    }

    private static RunState ChildInitiated(RunState state, HistoryEvent @event)
    {
        var child = new PendingChild(@event.EventId, @event.StartChildWorkflowExecutionInitiatedEventAttributes) { Metadata = @event.UserMetadata };
        return state with { Children = state.Children.SetItem(@event.EventId, child) };
    }

    private static RunState ChildStarted(RunState state, HistoryEvent @event)
    {
        var started = @event.ChildWorkflowExecutionStartedEventAttributes;
        return state.Children.TryGetValue(started.InitiatedEventId, out var child)
            ? state with
            {
                Children = state.Children.SetItem(
                    started.InitiatedEventId,
                    child with { StartedEventId = @event.EventId, RunId = started.WorkflowExecution.RunId }),
            }
            : state;
    }

    private static RunState Signaled(RunState state, HistoryEvent @event)
    {
        var requestId = @event.WorkflowExecutionSignaledEventAttributes.RequestId;
        return requestId.Length == 0 ? state : state with { SignalRequestIds = state.SignalRequestIds.Add(requestId) };
    }

    private static RunState UpdateAccepted(RunState state, HistoryEvent @event)
    {
        var updateId = @event.WorkflowExecutionUpdateAcceptedEventAttributes.ProtocolInstanceId;
        return state with
        {
            Updates = state.Updates.SetItem(updateId, new(updateId, UpdateStage.Accepted) { AcceptedEventId = @event.EventId }),
        };
    }

    private static RunState UpdateCompleted(RunState state, HistoryEvent @event)
    {
        var completed = @event.WorkflowExecutionUpdateCompletedEventAttributes;
        return state with
        {
            Updates = state.Updates.SetItem(
                completed.Meta.UpdateId,
                new(completed.Meta.UpdateId, UpdateStage.Completed) { AcceptedEventId = completed.AcceptedEventId, Outcome = completed.Outcome }),
        };
    }

    private static RunState SearchAttributesUpserted(RunState state, HistoryEvent @event)
    {
        var merged = state.SearchAttributes.Clone();
        PayloadMerge.Into(merged.IndexedFields, @event.UpsertWorkflowSearchAttributesEventAttributes.SearchAttributes.IndexedFields);
        return state with { SearchAttributes = merged };
    }

    private static RunState MemoUpserted(RunState state, HistoryEvent @event)
    {
        var merged = state.Memo.Clone();
        PayloadMerge.Into(merged.Fields, @event.WorkflowPropertiesModifiedEventAttributes.UpsertedMemo.Fields);
        return state with { Memo = merged };
    }

    private static RunState Closed(RunState state, HistoryEvent @event, WorkflowExecutionStatus status) => state with
    {
        Status = status,
        ClosedAt = @event.EventTime.ToDateTimeOffset(),
        Task = null,
        AwaitsFirstTask = false,
        Activities = state.Activities.Clear(),
        Timers = state.Timers.Clear(),
        Children = state.Children.Clear(),
        ExternalSignals = state.ExternalSignals.Clear(),
        ExternalCancels = state.ExternalCancels.Clear(),
    };
}
