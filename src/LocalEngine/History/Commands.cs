using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>Leads each command of a workflow task to its concern. Commands were validated before.</summary>
internal static class Commands
{
    /// <summary>Applies one command; true when its outcome is news the workflow must see in another task.</summary>
    public static bool Apply(Transition transition, Command command, long completedEventId)
    {
        switch (command.CommandType)
        {
            case CommandType.ScheduleActivityTask:
                Activities.Schedule(transition, command, completedEventId);
                return false;
            case CommandType.RequestCancelActivityTask:
                return Activities.RequestCancel(transition, command.RequestCancelActivityTaskCommandAttributes.ScheduledEventId, completedEventId);
            case CommandType.StartTimer:
                WorkflowTimers.Start(transition, command, completedEventId);
                return false;
            case CommandType.CancelTimer:
                WorkflowTimers.Cancel(transition, command.CancelTimerCommandAttributes.TimerId, completedEventId);
                return false;
            case CommandType.StartChildWorkflowExecution:
                Children.Initiate(transition, command, completedEventId);
                return false;
            case CommandType.SignalExternalWorkflowExecution:
                ExternalRequests.InitiateSignal(transition, command.SignalExternalWorkflowExecutionCommandAttributes, completedEventId);
                return false;
            case CommandType.RequestCancelExternalWorkflowExecution:
                ExternalRequests.InitiateCancel(transition, command.RequestCancelExternalWorkflowExecutionCommandAttributes, completedEventId);
                return false;
            case CommandType.RecordMarker:
                RecordMarker(transition, command, completedEventId);
                return false;
            case CommandType.UpsertWorkflowSearchAttributes or CommandType.ModifyWorkflowProperties:
                Upsert(transition, command, completedEventId);
                return false;
            default:
                Closing.Apply(transition, command, completedEventId);
                return false;
        }
    }

    private static void RecordMarker(Transition transition, Command command, long completedEventId)
    {
        var attributes = command.RecordMarkerCommandAttributes;
        var marker = new MarkerRecordedEventAttributes
        {
            MarkerName = attributes.MarkerName,
            Header = attributes.Header,
            Failure = attributes.Failure,
            WorkflowTaskCompletedEventId = completedEventId,
        };
        marker.Details.Add(attributes.Details);
        transition.Record(new() { MarkerRecordedEventAttributes = marker, UserMetadata = command.UserMetadata });
    }

    private static void Upsert(Transition transition, Command command, long completedEventId) => transition.Record(
        command.CommandType == CommandType.UpsertWorkflowSearchAttributes
            ? new()
            {
                UpsertWorkflowSearchAttributesEventAttributes = new()
                {
                    SearchAttributes = command.UpsertWorkflowSearchAttributesCommandAttributes.SearchAttributes,
                    WorkflowTaskCompletedEventId = completedEventId,
                },
                UserMetadata = command.UserMetadata,
            }
            : new()
            {
                WorkflowPropertiesModifiedEventAttributes = new()
                {
                    UpsertedMemo = command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo,
                    WorkflowTaskCompletedEventId = completedEventId,
                },
                UserMetadata = command.UserMetadata,
            });
}
