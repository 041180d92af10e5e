using System.Collections.Immutable;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// The order in which buffered news enters the history: completions of activities and children after everything else,
/// each group as it arrived. A completion names its started event, which may have got its id only a moment before.
/// </summary>
internal static class EventBuffer
{
    public static ImmutableArray<HistoryEvent> InOrder(ImmutableArray<HistoryEvent> buffered) =>
        [.. buffered.Where(news => !IsCompletion(news.EventType)), .. buffered.Where(news => IsCompletion(news.EventType))];

    public static void RememberStarted(HistoryEvent @event, Dictionary<long, long> startedIds)
    {
        if (@event.ActivityTaskStartedEventAttributes is { } activity)
        {
            startedIds[activity.ScheduledEventId] = @event.EventId;
        }
        else if (@event.ChildWorkflowExecutionStartedEventAttributes is { } child)
        {
            startedIds[child.InitiatedEventId] = @event.EventId;
        }
    }

    public static void ResolveStarted(HistoryEvent @event, Dictionary<long, long> startedIds)
    {
        switch (@event.AttributesCase)
        {
            case HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes:
                var completed = @event.ActivityTaskCompletedEventAttributes;
                completed.StartedEventId = Resolve(completed.ScheduledEventId, completed.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskFailedEventAttributes:
                var failed = @event.ActivityTaskFailedEventAttributes;
                failed.StartedEventId = Resolve(failed.ScheduledEventId, failed.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskTimedOutEventAttributes:
                var timedOut = @event.ActivityTaskTimedOutEventAttributes;
                timedOut.StartedEventId = Resolve(timedOut.ScheduledEventId, timedOut.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ActivityTaskCanceledEventAttributes:
                var canceled = @event.ActivityTaskCanceledEventAttributes;
                canceled.StartedEventId = Resolve(canceled.ScheduledEventId, canceled.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCompletedEventAttributes:
                var childCompleted = @event.ChildWorkflowExecutionCompletedEventAttributes;
                childCompleted.StartedEventId = Resolve(childCompleted.InitiatedEventId, childCompleted.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionFailedEventAttributes:
                var childFailed = @event.ChildWorkflowExecutionFailedEventAttributes;
                childFailed.StartedEventId = Resolve(childFailed.InitiatedEventId, childFailed.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionCanceledEventAttributes:
                var childCanceled = @event.ChildWorkflowExecutionCanceledEventAttributes;
                childCanceled.StartedEventId = Resolve(childCanceled.InitiatedEventId, childCanceled.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTimedOutEventAttributes:
                var childTimedOut = @event.ChildWorkflowExecutionTimedOutEventAttributes;
                childTimedOut.StartedEventId = Resolve(childTimedOut.InitiatedEventId, childTimedOut.StartedEventId);
                break;
            case HistoryEvent.AttributesOneofCase.ChildWorkflowExecutionTerminatedEventAttributes:
                var childTerminated = @event.ChildWorkflowExecutionTerminatedEventAttributes;
                childTerminated.StartedEventId = Resolve(childTerminated.InitiatedEventId, childTerminated.StartedEventId);
                break;
        }

        long Resolve(long originEventId, long known) => startedIds.GetValueOrDefault(originEventId, known);
    }

    private static bool IsCompletion(EventType type) => type is
        EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut or EventType.ActivityTaskCanceled or
        EventType.ChildWorkflowExecutionCompleted or EventType.ChildWorkflowExecutionFailed or EventType.ChildWorkflowExecutionTimedOut or
        EventType.ChildWorkflowExecutionCanceled or EventType.ChildWorkflowExecutionTerminated;
}
