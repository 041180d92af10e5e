using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// Activities: scheduled by a command, attempted until one attempt ends the activity. The started event is written when
/// the activity closes, with the attempt it closed in, so retries leave no trace in the history; an attempt is stored
/// before a worker gets it.
/// </summary>
internal static class Activities
{
    public static void Schedule(Transition transition, Command command, long completedEventId)
    {
        var scheduled = ActivityDefaults.Complete(transition.State, command.ScheduleActivityTaskCommandAttributes, completedEventId);
        var eventId = transition.Record(new()
        {
            ActivityTaskScheduledEventAttributes = scheduled,
            UserMetadata = command.UserMetadata,
        }).EventId;
        transition.Emit(new Effect.OfferActivity(eventId));
    }

    /// <summary>A worker takes an attempt; false when it is no longer there to take.</summary>
    public static bool Start(Transition transition, long scheduledEventId, int attempt, string identity)
    {
        if (!transition.State.Activities.TryGetValue(scheduledEventId, out var activity)
            || !activity.IsDispatchable
            || activity.Attempt != attempt)
        {
            return false;
        }

        Set(transition, activity with
        {
            IsStarted = true,
            StartedAt = transition.Now,
            LastHeartbeatAt = null,
            StartRequestId = transition.NewId(),
            Identity = identity,
        });
        return true;
    }

    public static void Heartbeat(Transition transition, PendingActivity activity, Payloads? details) =>
        Set(transition, activity with { LastHeartbeatAt = transition.Now, HeartbeatDetails = details });

    public static void Complete(Transition transition, PendingActivity activity, Payloads? result, string identity)
    {
        var startedEventId = RecordStarted(transition, activity);
        transition.RecordNews(new()
        {
            ActivityTaskCompletedEventAttributes = new()
            {
                Result = result,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = startedEventId,
                Identity = identity,
            },
        });
        WorkflowTasks.Schedule(transition);
    }

    public static void Fail(Transition transition, PendingActivity activity, Failure failure, Payloads? lastHeartbeat, string identity)
    {
        activity = lastHeartbeat is null ? activity : activity with { HeartbeatDetails = lastHeartbeat };
        var state = Retry(transition, activity, failure);
        if (state == RetryState.InProgress)
        {
            return;
        }

        var startedEventId = RecordStarted(transition, activity);
        transition.RecordNews(new()
        {
            ActivityTaskFailedEventAttributes = new()
            {
                Failure = failure,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = startedEventId,
                Identity = identity,
                RetryState = state,
            },
        });
        WorkflowTasks.Schedule(transition);
    }

    /// <summary>The worker gave in to a cancellation that the workflow had asked for.</summary>
    /// <exception cref="RefusedException">The workflow did not ask.</exception>
    public static void Cancel(Transition transition, PendingActivity activity, Payloads? details, string identity)
    {
        if (!activity.CancelRequested)
        {
            throw RefusedException.Invalid("unable to cancel activity: cancellation was not requested");
        }

        var startedEventId = RecordStarted(transition, activity);
        transition.RecordNews(CanceledEvent(activity, startedEventId, details, identity));
        WorkflowTasks.Schedule(transition);
    }

    /// <summary>The workflow asks for cancellation. An activity that is not with a worker is over at once, which is news to the workflow.</summary>
    public static void RequestCancel(Transition transition, long scheduledEventId, long completedEventId)
    {
        if (!transition.State.Activities.TryGetValue(scheduledEventId, out var activity) || activity.CancelRequested)
        {
            return;
        }

        transition.Record(new()
        {
            ActivityTaskCancelRequestedEventAttributes = new()
            {
                ScheduledEventId = scheduledEventId,
                WorkflowTaskCompletedEventId = completedEventId,
            },
        });
        if (!activity.IsStarted)
        {
            transition.Defer(CanceledEvent(transition.State.Activities[scheduledEventId], startedEventId: 0, details: null, identity: ""));
        }
    }

    public static void TimeOut(Transition transition, PendingActivity activity, TimeoutType type)
    {
        var failure = new Failure
        {
            Message = $"activity {type} timeout",
            Source = "Server",
            TimeoutFailureInfo = new() { TimeoutType = type },
        };
        var state = Retry(transition, activity, failure);
        if (state == RetryState.InProgress)
        {
            return;
        }

        failure.Cause = activity.LastFailure;
        failure.TimeoutFailureInfo.LastHeartbeatDetails = activity.HeartbeatDetails;
        var startedEventId = activity.IsStarted ? RecordStarted(transition, activity) : 0;
        transition.RecordNews(new()
        {
            ActivityTaskTimedOutEventAttributes = new()
            {
                Failure = failure,
                ScheduledEventId = activity.ScheduledEventId,
                StartedEventId = startedEventId,
                RetryState = state,
            },
        });
        WorkflowTasks.Schedule(transition);
    }

    /// <summary>The backoff is over: the next attempt waits for a worker.</summary>
    public static void EndBackoff(Transition transition, PendingActivity activity)
    {
        Set(transition, activity with { NextAttemptAt = null, AttemptScheduledAt = transition.Now });
        transition.Emit(new Effect.OfferActivity(activity.ScheduledEventId));
    }

    private static RetryState Retry(Transition transition, PendingActivity activity, Failure failure)
    {
        if (activity.CancelRequested)
        {
            return RetryState.CancelRequested;
        }

        var attributes = activity.Attributes;
        var (state, delay) = RetryPolicies.Decide(
            attributes.RetryPolicy,
            activity.Attempt,
            failure,
            transition.Now,
            attributes.ScheduleToCloseTimeout.LimitFrom(activity.FirstScheduledAt));
        if (state == RetryState.InProgress)
        {
            Set(transition, activity with
            {
                IsStarted = false,
                Attempt = activity.Attempt + 1,
                NextAttemptAt = transition.Now + delay,
                LastAttemptCompletedAt = transition.Now,
                LastFailure = failure,
            });
        }

        return state;
    }

    private static long RecordStarted(Transition transition, PendingActivity activity) => transition.RecordNews(new()
    {
        EventTime = activity.StartedAt?.ToTimestamp(),
        ActivityTaskStartedEventAttributes = new()
        {
            ScheduledEventId = activity.ScheduledEventId,
            Identity = activity.Identity,
            RequestId = activity.StartRequestId,
            Attempt = activity.Attempt,
            LastFailure = activity.LastFailure,
        },
    }).EventId;

    private static HistoryEvent CanceledEvent(PendingActivity activity, long startedEventId, Payloads? details, string identity) => new()
    {
        ActivityTaskCanceledEventAttributes = new()
        {
            Details = details,
            LatestCancelRequestedEventId = activity.CancelRequestedEventId,
            ScheduledEventId = activity.ScheduledEventId,
            StartedEventId = startedEventId,
            Identity = identity,
        },
    };

    private static void Set(Transition transition, PendingActivity activity) => transition.State = transition.State with
    {
        Activities = transition.State.Activities.SetItem(activity.ScheduledEventId, activity),
    };
}
