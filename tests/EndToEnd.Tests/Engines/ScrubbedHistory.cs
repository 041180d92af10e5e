using System.Collections.Immutable;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;

namespace Lifecycle.EndToEnd.Tests.Engines;

/// <summary>
/// What a history says about a run, less what differs between any two runs on one engine: ids, times, payloads, and how
/// many workflow tasks the worker happened to need. Between two workflow tasks the order of events is the engine's promise.
/// </summary>
internal static class ScrubbedHistory
{
    /// <summary>The events' types in order, each activity with its name; workflow task events left out.</summary>
    public static async Task<ImmutableArray<string>> ReadAsync(WorkflowHandle run)
    {
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>();
        Dictionary<long, string> scheduled = [];
        await foreach (HistoryEvent happened in run.FetchHistoryEventsAsync())
        {
            if (!IsWorkflowTask(happened.EventType))
            {
                lines.Add(Describe(happened, scheduled));
            }
        }

        return lines.ToImmutable();
    }

    private static bool IsWorkflowTask(EventType type) => type is
        EventType.WorkflowTaskScheduled or EventType.WorkflowTaskStarted or EventType.WorkflowTaskCompleted
        or EventType.WorkflowTaskTimedOut or EventType.WorkflowTaskFailed;

    private static string Describe(HistoryEvent happened, Dictionary<long, string> scheduled)
    {
        string subject = happened.AttributesCase switch
        {
            HistoryEvent.AttributesOneofCase.ActivityTaskScheduledEventAttributes =>
                scheduled[happened.EventId] = happened.ActivityTaskScheduledEventAttributes.ActivityType.Name,
            HistoryEvent.AttributesOneofCase.ActivityTaskStartedEventAttributes =>
                scheduled[happened.ActivityTaskStartedEventAttributes.ScheduledEventId],
            HistoryEvent.AttributesOneofCase.ActivityTaskCompletedEventAttributes =>
                scheduled[happened.ActivityTaskCompletedEventAttributes.ScheduledEventId],
            HistoryEvent.AttributesOneofCase.WorkflowExecutionSignaledEventAttributes =>
                happened.WorkflowExecutionSignaledEventAttributes.SignalName,
            HistoryEvent.AttributesOneofCase.WorkflowExecutionUpdateAcceptedEventAttributes =>
                happened.WorkflowExecutionUpdateAcceptedEventAttributes.AcceptedRequest.Input.Name,
            _ => "",
        };
        return $"{happened.EventType} {subject}".TrimEnd();
    }
}
