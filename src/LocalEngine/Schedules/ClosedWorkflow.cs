using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules;

/// <summary>How the chain of a workflow ended: its last run's status, result or failure.</summary>
/// <param name="FirstRun">The workflow and its first run, which is the one the schedule started.</param>
internal sealed record ClosedWorkflow(WorkflowExecution FirstRun, WorkflowExecutionStatus Status)
{
    public Payloads? Result { get; init; }

    public Failure? Failure { get; init; }

    /// <summary>The memory of an action that has just been taken.</summary>
    public static ScheduleActionResult Taken(WorkflowExecution execution, DateTimeOffset scheduled, DateTimeOffset actual) => new()
    {
        ScheduleTime = Timestamp.FromDateTimeOffset(scheduled),
        ActualTime = Timestamp.FromDateTimeOffset(actual),
        StartWorkflowResult = execution,
        StartWorkflowStatus = WorkflowExecutionStatus.Running,
    };

    public bool IsOf(WorkflowExecution started) => started.Equals(FirstRun);

    /// <summary>The action with this end noted, where it is the one that started the workflow.</summary>
    public ScheduleActionResult Settle(ScheduleActionResult action)
    {
        if (!IsOf(action.StartWorkflowResult))
        {
            return action;
        }

        var settled = action.Clone();
        settled.StartWorkflowStatus = Status;
        return settled;
    }

    /// <summary>The note of a schedule that pauses on failure, or null where this end is no failure.</summary>
    public string? PauseReason() => Status switch
    {
        WorkflowExecutionStatus.Failed => $"paused due to workflow failure: {FirstRun.WorkflowId}: {Failure?.Message}",
        WorkflowExecutionStatus.TimedOut => $"paused due to workflow timeout: {FirstRun.WorkflowId}",
        _ => null,
    };
}
