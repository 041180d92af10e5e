using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>Leads each command of a workflow task to its concern. Commands were validated before.</summary>
internal static class Commands
{
    public static void Apply(Transition transition, Command command, long completedEventId, string identity)
    {
        switch (command.CommandType)
        {
            case CommandType.ScheduleActivityTask:
                Activities.Schedule(transition, command, completedEventId);
                break;
            case CommandType.RequestCancelActivityTask:
                Activities.RequestCancel(transition, command.RequestCancelActivityTaskCommandAttributes.ScheduledEventId, completedEventId);
                break;
            case CommandType.StartTimer:
                WorkflowTimers.Start(transition, command, completedEventId);
                break;
            case CommandType.CancelTimer:
                WorkflowTimers.Cancel(transition, command, completedEventId, identity);
                break;
            case CommandType.StartChildWorkflowExecution:
                Children.Initiate(transition, command, completedEventId);
                break;
            case CommandType.SignalExternalWorkflowExecution:
                ExternalRequests.InitiateSignal(transition, command.SignalExternalWorkflowExecutionCommandAttributes, completedEventId);
                break;
            case CommandType.RequestCancelExternalWorkflowExecution:
                ExternalRequests.InitiateCancel(transition, command.RequestCancelExternalWorkflowExecutionCommandAttributes, completedEventId);
                break;
            case CommandType.RecordMarker:
                RecordMarker(transition, command, completedEventId);
                break;
            case CommandType.UpsertWorkflowSearchAttributes or CommandType.ModifyWorkflowProperties:
                Upsert(transition, command, completedEventId);
                break;
            default:
                Closing.Apply(transition, command, completedEventId);
                break;
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
