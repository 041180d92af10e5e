using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// The life of a workflow task up to its answer: scheduled when there is news, started when a worker takes it, failed or
/// timed out and scheduled again. <see cref="WorkflowTaskCompletion"/> has the happy end.
/// </summary>
internal static class WorkflowTasks
{
    /// <summary>History length at which the engine suggests to continue as new.</summary>
    public const int SuggestContinueAsNewEvents = 4_096;

    /// <summary>History size at which the engine suggests to continue as new.</summary>
    public const long SuggestContinueAsNewBytes = 4 << 20;

    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(10);

    /// <summary>Schedules a workflow task unless one is open or the run still waits for its start.</summary>
    public static void Schedule(Transition transition, bool speculative = false)
    {
        var state = transition.State;
        if (!state.IsOpen || state.Task is not null || state.AwaitsFirstTask)
        {
            return;
        }

        var sticky = state.NextTaskAttempt == 1 ? state.Sticky : null;
        var task = new WorkflowTask
        {
            ScheduledEventId = state.NextEventId,
            ScheduledAt = transition.Now,
            Attempt = state.NextTaskAttempt,
            Queue = sticky?.Name ?? state.TaskQueue,
            OnSticky = sticky is not null,
            IsSpeculative = speculative,
            IsWritten = !speculative && state.NextTaskAttempt == 1,
        };
        if (task.IsWritten)
        {
            transition.Record(ScheduledEvent(state, task));
        }

        transition.State = transition.State with { Task = task };
        transition.Emit(new Effect.OfferWorkflowTask());
    }

    /// <summary>A worker takes the open task; false when there is none to take.</summary>
    public static bool Start(Transition transition, string identity)
    {
        if (transition.State is not { IsOpen: true, Task: { IsStarted: false } task } || task.NotBefore > transition.Now)
        {
            return false;
        }

        if (!task.IsWritten && task.ScheduledEventId != transition.State.NextEventId)
        {
            task = Rescheduled(transition, task);
        }

        task = task with
        {
            StartedAt = transition.Now,
            Identity = identity,
            RequestId = transition.NewId(),
            HistoryBytesAtStart = transition.State.HistoryBytes,
            SuggestsContinueAsNew = transition.State.NextEventId > SuggestContinueAsNewEvents
                || transition.State.HistoryBytes > SuggestContinueAsNewBytes,
        };
        var startedEventId = task.IsWritten ? transition.Record(StartedEvent(task)).EventId : task.ScheduledEventId + 1;
        transition.State = transition.State with { Task = task with { StartedEventId = startedEventId } };
        Updates.MarkSent(transition);
        return true;
    }

    /// <summary>The worker reported that it could not process the task.</summary>
    public static void Fail(Transition transition, WorkflowTaskFailedCause cause, Failure? failure, string identity)
    {
        var task = transition.State.Task!;
        var attempt = End(transition, task, task.IsWritten ? FailedEvent(task, cause, failure, identity) : null);
        Retry(transition, attempt, delay: attempt > 2 ? TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempt - 3, 4))) : TimeSpan.Zero);
    }

    /// <summary>The worker that took the task did not answer in time.</summary>
    public static void TimeOut(Transition transition)
    {
        var task = transition.State.Task!;
        var attempt = End(transition, task, task.IsWritten ? TimedOutEvent(task, TimeoutType.StartToClose) : null);
        Retry(transition, attempt, TimeSpan.Zero);
    }

    /// <summary>The sticky worker did not take the task in time: the run goes to the normal queue with its full history.</summary>
    public static void StickyTimeOut(Transition transition)
    {
        var task = transition.State.Task!;
        if (task.IsWritten)
        {
            transition.Record(TimedOutEvent(task, TimeoutType.ScheduleToStart));
        }

        transition.State = transition.State with { Task = null, Sticky = null };
        Schedule(transition, task.IsSpeculative);
    }

    /// <summary>Nobody listens at the sticky queue any more: the task moves to the normal queue, without an event.</summary>
    public static void LeaveSticky(Transition transition)
    {
        var state = transition.State;
        transition.State = state with
        {
            Sticky = null,
            Task = state.Task is { IsStarted: false, OnSticky: true } task
                ? task with { OnSticky = false, Queue = state.TaskQueue }
                : state.Task,
        };
    }

    /// <summary>The delay after a failure is over.</summary>
    public static void EndRetryDelay(Transition transition)
    {
        transition.State = transition.State with { Task = transition.State.Task! with { NotBefore = null } };
        transition.Emit(new Effect.OfferWorkflowTask());
    }

    /// <summary>Puts the scheduled and started events of an unwritten task into the history, now that it has consequences.</summary>
    public static void Write(Transition transition)
    {
        var task = transition.State.Task!;
        var scheduled = transition.Record(ScheduledEvent(transition.State, task));
        task = task with { ScheduledEventId = scheduled.EventId, IsWritten = true };
        if (task.IsStarted)
        {
            task = task with { StartedEventId = transition.Record(StartedEvent(task)).EventId };
        }

        transition.State = transition.State with { Task = task };
    }

    /// <summary>The events of an unwritten task, as a poll response shows them.</summary>
    public static IEnumerable<HistoryEvent> UnwrittenEvents(RunState state)
    {
        if (state.Task is not { IsWritten: false, IsStarted: true } task)
        {
            yield break;
        }

        yield return Numbered(ScheduledEvent(state, task), task.ScheduledEventId, task.ScheduledAt);
        yield return Numbered(StartedEvent(task), task.StartedEventId, task.StartedAt);
    }

    private static HistoryEvent Numbered(HistoryEvent @event, long id, DateTimeOffset time)
    {
        @event.EventId = id;
        @event.EventType = EventTypes.Of(@event);
        @event.EventTime = time.ToTimestamp();
        return @event;
    }

    // News came since this retry was scheduled: it is a first attempt again, with its event.
    private static WorkflowTask Rescheduled(Transition transition, WorkflowTask task)
    {
        task = task with { Attempt = 1, IsWritten = true, IsSpeculative = false };
        var scheduled = transition.Record(ScheduledEvent(transition.State, task));
        transition.State = transition.State with { NextTaskAttempt = 1 };
        return task with { ScheduledEventId = scheduled.EventId };
    }

    private static int End(Transition transition, WorkflowTask task, HistoryEvent? end)
    {
        if (end is not null)
        {
            transition.Record(end);
        }

        var hadNews = !transition.State.Buffered.IsEmpty;
        transition.State = transition.State with { Task = null, Sticky = null };
        transition.FlushBuffer();
        return hadNews ? 1 : task.Attempt + 1;
    }

    private static void Retry(Transition transition, int attempt, TimeSpan delay)
    {
        transition.State = transition.State with { NextTaskAttempt = attempt };
        Schedule(transition);
        if (delay > TimeSpan.Zero && transition.State.Task is { } task)
        {
            var capped = delay < LongestRetryDelay ? delay : LongestRetryDelay;
            transition.State = transition.State with { Task = task with { NotBefore = transition.Now + capped } };
        }
    }

    private static HistoryEvent ScheduledEvent(RunState state, WorkflowTask task) => new()
    {
        EventTime = task.ScheduledAt.ToTimestamp(),
        WorkflowTaskScheduledEventAttributes = new()
        {
            TaskQueue = task.OnSticky
                ? new TaskQueue { Name = task.Queue, Kind = TaskQueueKind.Sticky, NormalName = state.TaskQueue }
                : new TaskQueue { Name = task.Queue, Kind = TaskQueueKind.Normal },
            StartToCloseTimeout = state.Started.WorkflowTaskTimeout,
            Attempt = task.Attempt,
        },
    };

    private static HistoryEvent StartedEvent(WorkflowTask task)
    {
        var started = new WorkflowTaskStartedEventAttributes
        {
            ScheduledEventId = task.ScheduledEventId,
            Identity = task.Identity,
            RequestId = task.RequestId,
            HistorySizeBytes = task.HistoryBytesAtStart,
            SuggestContinueAsNew = task.SuggestsContinueAsNew,
        };
        if (task.SuggestsContinueAsNew)
        {
            started.SuggestContinueAsNewReasons.Add(task.HistoryBytesAtStart > SuggestContinueAsNewBytes
                ? SuggestContinueAsNewReason.HistorySizeTooLarge
                : SuggestContinueAsNewReason.TooManyHistoryEvents);
        }

        return new HistoryEvent { EventTime = task.StartedAt.ToTimestamp(), WorkflowTaskStartedEventAttributes = started };
    }

    private static HistoryEvent FailedEvent(WorkflowTask task, WorkflowTaskFailedCause cause, Failure? failure, string identity) => new()
    {
        WorkflowTaskFailedEventAttributes = new()
        {
            ScheduledEventId = task.ScheduledEventId,
            StartedEventId = task.StartedEventId,
            Cause = cause,
            Failure = failure,
            Identity = identity,
        },
    };

    private static HistoryEvent TimedOutEvent(WorkflowTask task, TimeoutType type) => new()
    {
        WorkflowTaskTimedOutEventAttributes = new()
        {
            ScheduledEventId = task.ScheduledEventId,
            StartedEventId = task.StartedEventId,
            TimeoutType = type,
        },
    };
}
