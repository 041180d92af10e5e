using Google.Protobuf.WellKnownTypes;
using Lifecycle.LocalEngine.Schedules.Specs;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules;

/// <summary>The rules a schedule's definition obeys before it is kept, and what its policies amount to.</summary>
internal static class ScheduleDefinition
{
    private static readonly TimeSpan DefaultCatchupWindow = TimeSpan.FromDays(365);
    private static readonly TimeSpan ShortestCatchupWindow = TimeSpan.FromSeconds(10);

    /// <summary>A copy in canonical form, with defaults in place so that they show.</summary>
    /// <exception cref="InvalidScheduleException">The spec or the action cannot be kept.</exception>
    public static Schedule Complete(Schedule? given)
    {
        var schedule = given?.Clone() ?? new();
        schedule.Spec = CanonicalSpec.Of(schedule.Spec ?? new());
        schedule.Policies ??= new();
        schedule.State ??= new();
        schedule.Policies.OverlapPolicy = Overlap(schedule, ScheduleOverlapPolicy.Unspecified);
        schedule.Policies.CatchupWindow = Duration.FromTimeSpan(CatchupWindow(schedule));
        CheckAction(schedule.Action);
        return schedule;
    }

    /// <summary>The policy an action follows: its own, else the schedule's, else to skip.</summary>
    public static ScheduleOverlapPolicy Overlap(Schedule schedule, ScheduleOverlapPolicy own) => (own, schedule.Policies.OverlapPolicy) switch
    {
        (not ScheduleOverlapPolicy.Unspecified, _) => own,
        (_, not ScheduleOverlapPolicy.Unspecified) => schedule.Policies.OverlapPolicy,
        _ => ScheduleOverlapPolicy.Skip,
    };

    public static TimeSpan CatchupWindow(Schedule schedule)
    {
        var window = schedule.Policies.CatchupWindow?.ToTimeSpan() ?? DefaultCatchupWindow;
        return window < ShortestCatchupWindow ? ShortestCatchupWindow : window;
    }

    /// <summary>Whether the schedule may act on its own now.</summary>
    public static bool MayAct(Schedule schedule) =>
        !schedule.State.Paused && (!schedule.State.LimitedActions || schedule.State.RemainingActions > 0);

    private static void CheckAction(ScheduleAction? action)
    {
        var problem = action?.StartWorkflow switch
        {
            null => "action is not set; a schedule starts a workflow",
            { WorkflowType: null or { Name.Length: 0 } } => "WorkflowType is not set on request.",
            { WorkflowId.Length: 0 } => "WorkflowId is not set on request.",
            { TaskQueue: null or { Name.Length: 0 } } => "missing task queue name",
            { WorkflowIdReusePolicy: not (WorkflowIdReusePolicy.Unspecified or WorkflowIdReusePolicy.AllowDuplicate) } =>
                "WorkflowIdReusePolicy is not supported in a schedule: its workflow ids are unique by their time",
            { CronSchedule.Length: > 0 } => "cron_schedule is not supported in a schedule: use its spec",
            _ => null,
        };
        if (problem is not null)
        {
            throw new InvalidScheduleException(problem);
        }
    }
}
