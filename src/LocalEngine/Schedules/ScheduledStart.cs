using System.Text.Json;
using Google.Protobuf;
using Lifecycle.LocalEngine.Notation;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Lifecycle.LocalEngine.Schedules;

/// <summary>The request that starts a schedule's workflow for one of its times.</summary>
internal static class ScheduledStart
{
    public const string ScheduleAttribute = "TemporalScheduledById";
    public const string TimeAttribute = "TemporalScheduledStartTime";

    /// <summary>Who the schedule is in the histories of its workflows.</summary>
    public static string Identity(ScheduleState state) => $"temporal-scheduler-{state.Namespace}-{state.ScheduleId}";

    /// <summary>
    /// The request for <paramref name="start"/>. Its workflow id carries the nominal time, and for a time of the spec no
    /// second workflow of that id is allowed ever: a time is acted upon once.
    /// </summary>
    public static StartWorkflowExecutionRequest Request(ScheduleState state, BufferedStart start)
    {
        var action = state.Definition.Action.StartWorkflow;
        var nominal = TimestampText.WholeSeconds(start.Nominal);
        var overlaps = ScheduleDefinition.Overlap(state.Definition, start.Overlap) == ScheduleOverlapPolicy.AllowAll;
        return new()
        {
            Namespace = state.Namespace,
            WorkflowId = $"{action.WorkflowId}-{nominal}",
            WorkflowType = action.WorkflowType,
            TaskQueue = action.TaskQueue,
            Input = action.Input,
            WorkflowExecutionTimeout = action.WorkflowExecutionTimeout,
            WorkflowRunTimeout = action.WorkflowRunTimeout,
            WorkflowTaskTimeout = action.WorkflowTaskTimeout,
            RetryPolicy = action.RetryPolicy,
            Memo = action.Memo,
            SearchAttributes = WithOrigin(action.SearchAttributes, state.ScheduleId, nominal),
            Header = action.Header,
            UserMetadata = action.UserMetadata,
            Priority = action.Priority,
            Identity = Identity(state),
            RequestId = $"{state.ScheduleId}/{state.CreatedAt.UtcTicks}/{state.Counts.ActionsTaken}/{nominal}",
            WorkflowIdReusePolicy = start.IsManual ? WorkflowIdReusePolicy.AllowDuplicate : WorkflowIdReusePolicy.RejectDuplicate,
            LastCompletionResult = overlaps ? null : state.LastCompletionResult,
            ContinuedFailure = overlaps ? null : state.LastFailure,
        };
    }

    private static SearchAttributes WithOrigin(SearchAttributes? given, string scheduleId, string nominal)
    {
        var attributes = given?.Clone() ?? new();
        attributes.IndexedFields[ScheduleAttribute] = Json(scheduleId, "Keyword");
        attributes.IndexedFields[TimeAttribute] = Json(nominal, "Datetime");
        return attributes;
    }

    private static Payload Json(string value, string type) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain"), ["type"] = ByteString.CopyFromUtf8(type) },
        Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(value)),
    };
}
