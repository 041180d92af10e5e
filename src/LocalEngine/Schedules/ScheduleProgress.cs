using System.Collections.Immutable;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules;

/// <summary>
/// What a schedule has done and has yet to do, as it is stored: everything in <see cref="ScheduleState"/> that did not
/// come from a client.
/// </summary>
internal sealed record ScheduleProgress(
    string CreateRequestId,
    DateTimeOffset? UpdatedAt,
    long Revision,
    DateTimeOffset SettledUntil,
    ImmutableArray<BufferedStart> Buffer,
    ImmutableArray<PendingBackfill> Backfills,
    ImmutableArray<StoredExecution> Running,
    ImmutableArray<StoredAction> RecentActions,
    ScheduleCounts Counts)
{
    public static string Write(ScheduleState state) => JsonSerializer.Serialize(new ScheduleProgress(
        state.CreateRequestId,
        state.UpdatedAt,
        state.Revision,
        state.SettledUntil,
        state.Buffer,
        state.Backfills,
        [.. state.Running.Select(StoredExecution.Of)],
        [.. state.RecentActions.Select(StoredAction.Of)],
        state.Counts));

    /// <summary>The state with this progress, which <paramref name="json"/> holds.</summary>
    public static ScheduleState Read(ScheduleState state, string json)
    {
        var progress = JsonSerializer.Deserialize<ScheduleProgress>(json)!;
        return state with
        {
            CreateRequestId = progress.CreateRequestId,
            UpdatedAt = progress.UpdatedAt,
            Revision = progress.Revision,
            SettledUntil = progress.SettledUntil,
            Buffer = progress.Buffer,
            Backfills = progress.Backfills,
            Running = [.. progress.Running.Select(execution => execution.ToExecution())],
            RecentActions = [.. progress.RecentActions.Select(action => action.ToResult())],
            Counts = progress.Counts,
        };
    }
}

/// <summary>A workflow and its first run.</summary>
internal sealed record StoredExecution(string WorkflowId, string RunId)
{
    public static StoredExecution Of(WorkflowExecution execution) => new(execution.WorkflowId, execution.RunId);

    public WorkflowExecution ToExecution() => new() { WorkflowId = WorkflowId, RunId = RunId };
}

/// <summary>An action that was taken, and how its workflow ended, if it has.</summary>
internal sealed record StoredAction(DateTimeOffset Scheduled, DateTimeOffset Taken, StoredExecution Execution, WorkflowExecutionStatus Status)
{
    public static StoredAction Of(ScheduleActionResult action) => new(
        action.ScheduleTime.ToDateTimeOffset(), action.ActualTime.ToDateTimeOffset(), StoredExecution.Of(action.StartWorkflowResult), action.StartWorkflowStatus);

    public ScheduleActionResult ToResult() => new()
    {
        ScheduleTime = Timestamp.FromDateTimeOffset(Scheduled),
        ActualTime = Timestamp.FromDateTimeOffset(Taken),
        StartWorkflowResult = Execution.ToExecution(),
        StartWorkflowStatus = Status,
    };
}
