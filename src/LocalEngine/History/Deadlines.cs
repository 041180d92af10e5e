using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// Time as a run feels it. The next deadline is a function of the state, so a timer cannot be lost, fire twice or survive
/// what it was for: after a restart the same state gives the same deadline.
/// </summary>
internal static class Deadlines
{
    /// <summary>The earliest instant at which <see cref="Pass"/> has something to do; null when only news can move the run.</summary>
    public static DateTimeOffset? Next(RunState state)
    {
        if (!state.IsOpen)
        {
            return null;
        }

        var next = ProtocolTime.Earliest(RunLimit(state), OfTask(state));
        foreach (var timer in state.Timers.Values)
        {
            next = ProtocolTime.Earliest(next, timer.FiresAt);
        }

        foreach (var activity in state.Activities.Values)
        {
            next = ProtocolTime.Earliest(next, ActivityDeadlines.Next(activity)?.At);
        }

        return next;
    }

    /// <summary>Lets everything happen that is due by the transition's time, each thing once, in order of its deadline.</summary>
    public static void Pass(Transition transition)
    {
        while (Next(transition.State) is { } due && due <= transition.Now)
        {
            PassOne(transition, due);
        }
    }

    private static void PassOne(Transition transition, DateTimeOffset due)
    {
        var state = transition.State;
        if (RunLimit(state) == due)
        {
            Closing.TimeOut(transition);
        }
        else if (state.Timers.Values.FirstOrDefault(timer => timer.FiresAt == due) is { } timer)
        {
            WorkflowTimers.Fire(transition, timer);
        }
        else if (state.Activities.Values.FirstOrDefault(activity => ActivityDeadlines.Next(activity)?.At == due) is { } activity)
        {
            ActivityDeadlines.Pass(transition, activity);
        }
        else
        {
            PassTask(transition);
        }
    }

    private static void PassTask(Transition transition)
    {
        switch (transition.State)
        {
            case { AwaitsFirstTask: true }:
                Requests.EndBackoff(transition);
                break;
            case { Task.NotBefore: not null }:
                WorkflowTasks.EndRetryDelay(transition);
                break;
            case { Task.IsStarted: true }:
                WorkflowTasks.TimeOut(transition);
                break;
            default:
                WorkflowTasks.StickyTimeOut(transition);
                break;
        }
    }

    private static DateTimeOffset? RunLimit(RunState state) => ProtocolTime.Earliest(
        state.Started.WorkflowRunTimeout.LimitFrom(state.ExecutionTime),
        state.Started.WorkflowExecutionExpirationTime?.ToDateTimeOffset());

    private static DateTimeOffset? OfTask(RunState state) => state switch
    {
        { AwaitsFirstTask: true } => state.ExecutionTime,
        { Task: { NotBefore: { } notBefore } } => notBefore,
        { Task: { IsStarted: true } started } => ProtocolTime.Saturating(started.StartedAt, state.Started.WorkflowTaskTimeout.OrZero()),
        { Task: { OnSticky: true } waiting, Sticky: { } sticky } => ProtocolTime.Saturating(waiting.ScheduledAt, sticky.ScheduleToStart),
        _ => null,
    };
}

/// <summary>The four timeouts and the backoff of one activity.</summary>
internal static class ActivityDeadlines
{
    /// <summary>The earliest deadline; <c>Timeout</c> is unspecified for the end of a backoff.</summary>
    public static (DateTimeOffset At, TimeoutType Timeout)? Next(PendingActivity activity)
    {
        (DateTimeOffset At, TimeoutType Timeout)? next = null;
        var attributes = activity.Attributes;
        Consider(attributes.ScheduleToCloseTimeout.LimitFrom(activity.FirstScheduledAt), TimeoutType.ScheduleToClose);
        if (activity.IsStarted)
        {
            Consider(attributes.StartToCloseTimeout.LimitFrom(activity.StartedAt!.Value), TimeoutType.StartToClose);
            Consider(attributes.HeartbeatTimeout.LimitFrom(activity.LastHeartbeatAt ?? activity.StartedAt.Value), TimeoutType.Heartbeat);
        }
        else if (activity.NextAttemptAt is { } nextAttempt)
        {
            Consider(nextAttempt, TimeoutType.Unspecified);
        }
        else
        {
            Consider(attributes.ScheduleToStartTimeout.LimitFrom(activity.AttemptScheduledAt), TimeoutType.ScheduleToStart);
        }

        return next;

        void Consider(DateTimeOffset? at, TimeoutType type)
        {
            if (at is { } instant && (next is null || instant < next.Value.At))
            {
                next = (instant, type);
            }
        }
    }

    public static void Pass(Transition transition, PendingActivity activity)
    {
        var type = Next(activity)!.Value.Timeout;
        if (type == TimeoutType.Unspecified)
        {
            Activities.EndBackoff(transition, activity);
        }
        else
        {
            Activities.TimeOut(transition, activity, type);
        }
    }
}
