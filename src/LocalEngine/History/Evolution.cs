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

    public static RunState Apply(RunState state, HistoryEvent @event) => @event.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.WorkflowTaskCompletedEventAttributes =>
            state with { PreviousStartedEventId = @event.WorkflowTaskCompletedEventAttributes.StartedEventId },

        HistoryEvent.AttributesOneofCase.ActivityTaskScheduledEventAttributes => Scheduled(state, @event),
        HistoryEvent.AttributesOneofCase.ActivityTaskCancelRequestedEventAttributes => CancelRequested(state, @event),
        HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes =>
            WithoutActivity(state, @event.ActivityTaskCompletedEventAttributes.ScheduledEventId),
        HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes =>
            WithoutActivity(state, @event.ActivityTaskFailedEventAttributes.ScheduledEventId),
        HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes =>
            WithoutActivity(state, @event.ActivityTaskTimedOutEventAttributes.ScheduledEventId),
        HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes =>
            WithoutActivity(state, @event.ActivityTaskCanceledEventAttributes.ScheduledEventId),

        HistoryEvent.AttributesOneofCase.TimerStartedEventAttributes => TimerStarted(state, @event),
        HistoryEvent.AttributesOneofCase.TimerFiredEventAttributes => WithoutTimer(state, @event.TimerFiredEventAttributes.TimerId),
        HistoryEvent.AttributesOneofCase.TimerCanceledEventAttributes => WithoutTimer(state, @event.TimerCanceledEventAttributes.TimerId),

        HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionInitiatedEventAttributes => state with
        {
            Children = state.Children.SetItem(
                @event.EventId,
                new(@event.EventId, @event.StartChildWorkflowExecutionInitiatedEventAttributes) { Metadata = @event.UserMetadata }),
        },
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionStartedEventAttributes => ChildStarted(state, @event),
        HistoryEvent.AttributesOneofCase.StartChildWorkflowExecutionFailedEventAttributes =>
            WithoutChild(state, @event.StartChildWorkflowExecutionFailedEventAttributes.InitiatedEventId),
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes =>
            WithoutChild(state, @event.ChildWorkflowExecutionCompletedEventAttributes.InitiatedEventId),
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes =>
            WithoutChild(state, @event.ChildWorkflowExecutionFailedEventAttributes.InitiatedEventId),
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes =>
            WithoutChild(state, @event.ChildWorkflowExecutionCanceledEventAttributes.InitiatedEventId),
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes =>
            WithoutChild(state, @event.ChildWorkflowExecutionTimedOutEventAttributes.InitiatedEventId),
        HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes =>
            WithoutChild(state, @event.ChildWorkflowExecutionTerminatedEventAttributes.InitiatedEventId),

        HistoryEvent.AttributesOneofCase.SignalExternalWorkflowExecutionInitiatedEventAttributes => state with
        {
            ExternalSignals = state.ExternalSignals.SetItem(@event.EventId, @event.SignalExternalWorkflowExecutionInitiatedEventAttributes),
        },
        HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionSignaledEventAttributes => state with
        {
            ExternalSignals = state.ExternalSignals.Remove(@event.ExternalWorkflowExecutionSignaledEventAttributes.InitiatedEventId),
        },
        HistoryEvent.AttributesOneofCase.SignalExternalWorkflowExecutionFailedEventAttributes => state with
        {
            ExternalSignals = state.ExternalSignals.Remove(@event.SignalExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId),
        },
        HistoryEvent.AttributesOneofCase.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes => state with
        {
            ExternalCancels = state.ExternalCancels.SetItem(@event.EventId, @event.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes),
        },
        HistoryEvent.AttributesOneofCase.ExternalWorkflowExecutionCancelRequestedEventAttributes => state with
        {
            ExternalCancels = state.ExternalCancels.Remove(@event.ExternalWorkflowExecutionCancelRequestedEventAttributes.InitiatedEventId),
        },
        HistoryEvent.AttributesOneofCase.RequestCancelExternalWorkflowExecutionFailedEventAttributes => state with
        {
            ExternalCancels = state.ExternalCancels.Remove(@event.RequestCancelExternalWorkflowExecutionFailedEventAttributes.InitiatedEventId),
        },

        HistoryEvent.AttributesOneofCase.WorkflowExecutionSignaledEventAttributes => Signaled(state, @event),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionCancelRequestedEventAttributes => state with { CancelRequested = true },
        HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAcceptedEventAttributes => UpdateAccepted(state, @event),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateCompletedEventAttributes => UpdateCompleted(state, @event),
        HistoryEvent.AttributesOneofCase.UpsertWorkflowSearchAttributesEventAttributes => SearchAttributesUpserted(state, @event),
        HistoryEvent.AttributesOneofCase.WorkflowPropertiesModifiedEventAttributes => MemoUpserted(state, @event),

        HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes => Closed(state, @event, WorkflowExecutionStatus.Completed),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes => Closed(state, @event, WorkflowExecutionStatus.Failed),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionCanceledEventAttributes => Closed(state, @event, WorkflowExecutionStatus.Canceled),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionTerminatedEventAttributes => Closed(state, @event, WorkflowExecutionStatus.Terminated),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes => Closed(state, @event, WorkflowExecutionStatus.TimedOut),
        HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes =>
            Closed(state, @event, WorkflowExecutionStatus.ContinuedAsNew),
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

    private static RunState WithoutActivity(RunState state, long scheduledEventId) =>
        state with { Activities = state.Activities.Remove(scheduledEventId) };

    private static RunState TimerStarted(RunState state, HistoryEvent @event)
    {
        var timer = @event.TimerStartedEventAttributes;
        var firesAt = ProtocolTime.Saturating(@event.EventTime.ToDateTimeOffset(), timer.StartToFireTimeout.OrZero());
        return state with { Timers = state.Timers.SetItem(timer.TimerId, new(timer.TimerId, @event.EventId, firesAt)) };
    }

    private static RunState WithoutTimer(RunState state, string timerId) => state with { Timers = state.Timers.Remove(timerId) };

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

    private static RunState WithoutChild(RunState state, long initiatedEventId) =>
        state with { Children = state.Children.Remove(initiatedEventId) };

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
