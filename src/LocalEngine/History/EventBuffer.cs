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

    /// <summary>Notes the id of a started event for the completion that may follow it.</summary>
    public static void RememberStarted(HistoryEvent @event, Dictionary<long, long> startedIds)
    {
        if (@event.EventType is EventType.ActivityTaskStarted or EventType.ChildWorkflowExecutionStarted)
        {
            startedIds[EventLinks.Origin(@event)] = @event.EventId;
        }
    }

    public static void ResolveStarted(HistoryEvent @event, Dictionary<long, long> startedIds)
    {
        if (IsCompletion(@event.EventType) && startedIds.TryGetValue(EventLinks.Origin(@event), out var startedEventId))
        {
            EventLinks.SetStarted(@event, startedEventId);
        }
    }

    private static bool IsCompletion(EventType type) => type is
        EventType.ActivityTaskCompleted or EventType.ActivityTaskFailed or EventType.ActivityTaskTimedOut or EventType.ActivityTaskCanceled or
        EventType.ChildWorkflowExecutionCompleted or EventType.ChildWorkflowExecutionFailed or EventType.ChildWorkflowExecutionTimedOut or
        EventType.ChildWorkflowExecutionCanceled or EventType.ChildWorkflowExecutionTerminated;
}
