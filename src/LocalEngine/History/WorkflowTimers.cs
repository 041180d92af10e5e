using Temporalio.Api.Command.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>Timers of workflow code: started and cancelled by commands, fired by the clock.</summary>
internal static class WorkflowTimers
{
    public static void Start(Transition transition, Command command, long completedEventId) => transition.Record(new()
    {
        TimerStartedEventAttributes = new()
        {
            TimerId = command.StartTimerCommandAttributes.TimerId,
            StartToFireTimeout = command.StartTimerCommandAttributes.StartToFireTimeout,
            WorkflowTaskCompletedEventId = completedEventId,
        },
        UserMetadata = command.UserMetadata,
    });

    public static void Cancel(Transition transition, Command command, long completedEventId, string identity)
    {
        var timerId = command.CancelTimerCommandAttributes.TimerId;
        if (StartedEventId(transition, timerId) is not { } startedEventId)
        {
            return;
        }

        transition.Record(new()
        {
            TimerCanceledEventAttributes = new()
            {
                TimerId = timerId,
                StartedEventId = startedEventId,
                WorkflowTaskCompletedEventId = completedEventId,
                Identity = identity,
            },
            UserMetadata = command.UserMetadata,
        });
    }

    public static void Fire(Transition transition, PendingTimer timer)
    {
        transition.RecordNews(new()
        {
            TimerFiredEventAttributes = new() { TimerId = timer.TimerId, StartedEventId = timer.StartedEventId },
        });
        WorkflowTasks.Schedule(transition);
    }

    // A timer that fired while the task was with the worker has not been seen: it can still be cancelled.
    private static long? StartedEventId(Transition transition, string timerId)
    {
        if (transition.State.Timers.TryGetValue(timerId, out var timer))
        {
            return timer.StartedEventId;
        }

        var fired = transition.State.Buffered.FirstOrDefault(news => news.TimerFiredEventAttributes?.TimerId == timerId);
        if (fired is null)
        {
            return null;
        }

        transition.State = transition.State with { Buffered = transition.State.Buffered.Remove(fired) };
        return fired.TimerFiredEventAttributes.StartedEventId;
    }
}
