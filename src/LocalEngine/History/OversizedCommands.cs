using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>Commands whose payloads are larger than a run may hold. The official server terminates the run, and so does this engine.</summary>
internal static class OversizedCommands
{
    public static CommandViolation? Violation(Command command) => command.CommandType switch
    {
        CommandType.ScheduleActivityTask => Over(
            command.ScheduleActivityTaskCommandAttributes.Input, WorkflowTaskFailedCause.BadScheduleActivityAttributes, "ScheduleActivityTaskCommandAttributes.Input"),
        CommandType.CompleteWorkflowExecution => Over(
            // The cause is the official server's, which workers and people know it by.
            command.CompleteWorkflowExecutionCommandAttributes.Result,
            WorkflowTaskFailedCause.BadScheduleActivityAttributes,
            "CompleteWorkflowExecutionCommandAttributes.Result"),
        CommandType.FailWorkflowExecution => Over(
            command.FailWorkflowExecutionCommandAttributes.Failure, WorkflowTaskFailedCause.BadFailWorkflowExecutionAttributes, "FailWorkflowExecutionCommandAttributes.Failure"),
        CommandType.RecordMarker => Over(
            Joined(command.RecordMarkerCommandAttributes), WorkflowTaskFailedCause.BadRecordMarkerAttributes, "RecordMarkerCommandAttributes.Details"),
        CommandType.SignalExternalWorkflowExecution => Over(
            command.SignalExternalWorkflowExecutionCommandAttributes.Input,
            WorkflowTaskFailedCause.BadSignalWorkflowExecutionAttributes,
            "SignalExternalWorkflowExecutionCommandAttributes.Input"),
        CommandType.ContinueAsNewWorkflowExecution => Over(
            command.ContinueAsNewWorkflowExecutionCommandAttributes.Input,
            WorkflowTaskFailedCause.BadContinueAsNewAttributes,
            "ContinueAsNewWorkflowExecutionCommandAttributes. Input")
            ?? Over(
                command.ContinueAsNewWorkflowExecutionCommandAttributes.Memo,
                WorkflowTaskFailedCause.BadContinueAsNewAttributes,
                "ContinueAsNewWorkflowExecutionCommandAttributes. Memo"),
        CommandType.StartChildWorkflowExecution => Over(
            command.StartChildWorkflowExecutionCommandAttributes.Input,
            WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
            "StartChildWorkflowExecutionCommandAttributes. Input")
            ?? Over(
                command.StartChildWorkflowExecutionCommandAttributes.Memo,
                WorkflowTaskFailedCause.BadStartChildExecutionAttributes,
                "StartChildWorkflowExecutionCommandAttributes.Memo"),
        CommandType.ModifyWorkflowProperties => Over(
            command.ModifyWorkflowPropertiesCommandAttributes.UpsertedMemo,
            WorkflowTaskFailedCause.BadModifyWorkflowPropertiesAttributes,
            "ModifyWorkflowPropertiesCommandAttributes"),
        _ => null,
    };

    private static Payloads Joined(RecordMarkerCommandAttributes marker) => new() { Payloads_ = { marker.Details.Values.SelectMany(details => details.Payloads_) } };

    private static CommandViolation? Over(IMessage? blob, WorkflowTaskFailedCause cause, string field) => PayloadLimits.IsOver(blob)
        ? new(cause, $"{cause}: {field} exceeds size limit.") { Terminates = true }
        : null;
}
