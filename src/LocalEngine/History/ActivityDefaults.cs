using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// The timeouts of an activity, made consistent: schedule-to-close bounds the other two where it is set; else the run
/// timeout bounds the waiting. Zero stands for no limit and is written as such.
/// </summary>
internal static class ActivityDefaults
{
    public static ActivityTaskScheduledEventAttributes Complete(
        RunState state,
        ScheduleActivityTaskCommandAttributes command,
        long completedEventId)
    {
        var (scheduleToClose, scheduleToStart, startToClose) = Timeouts(
            command.ScheduleToCloseTimeout.OrZero(),
            command.ScheduleToStartTimeout.OrZero(),
            command.StartToCloseTimeout.OrZero(),
            state.Started.WorkflowRunTimeout.OrZero());
        var heartbeat = command.HeartbeatTimeout.OrZero();
        return new()
        {
            ActivityId = command.ActivityId,
            ActivityType = command.ActivityType,
            TaskQueue = new()
            {
                Name = command.TaskQueue?.Name is { Length: > 0 } name ? name : state.TaskQueue,
                Kind = TaskQueueKind.Normal,
            },
            Header = command.Header,
            Input = command.Input,
            ScheduleToCloseTimeout = scheduleToClose.ToDuration(),
            ScheduleToStartTimeout = scheduleToStart.ToDuration(),
            StartToCloseTimeout = startToClose.ToDuration(),
            HeartbeatTimeout = (startToClose > TimeSpan.Zero && heartbeat > startToClose ? startToClose : heartbeat).ToDuration(),
            WorkflowTaskCompletedEventId = completedEventId,
            RetryPolicy = RetryPolicies.Complete(command.RetryPolicy),
            UseWorkflowBuildId = command.UseWorkflowBuildId,
            Priority = command.Priority,
        };
    }

    private static (TimeSpan ScheduleToClose, TimeSpan ScheduleToStart, TimeSpan StartToClose) Timeouts(
        TimeSpan scheduleToClose,
        TimeSpan scheduleToStart,
        TimeSpan startToClose,
        TimeSpan runTimeout)
    {
        if (scheduleToClose == TimeSpan.Zero)
        {
            return (runTimeout, Bounded(scheduleToStart, runTimeout), Bounded(startToClose, runTimeout));
        }

        scheduleToClose = Bounded(scheduleToClose, runTimeout);
        return (scheduleToClose, Bounded(scheduleToStart, scheduleToClose), Bounded(startToClose, scheduleToClose));
    }

    // Zero means no limit, on both sides.
    private static TimeSpan Bounded(TimeSpan value, TimeSpan limit) =>
        limit > TimeSpan.Zero && (value == TimeSpan.Zero || value > limit) ? limit : value;
}
