using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Update.V1;
using Message = Temporalio.Api.Protocol.V1.Message;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// Updates: admitted in memory, sent to the worker with a workflow task as protocol messages, accepted or rejected by its
/// validator, completed by its handler. Only acceptance and completion are events.
/// </summary>
internal static class Updates
{
    private const int MaximumInFlight = 10;
    private const int MaximumPerRun = 2_000;

    /// <summary>Admits an update under its id; one that is known under that id stands as it is.</summary>
    /// <exception cref="RefusedException">The run is closed, or has as many updates as it may.</exception>
    public static void Admit(Transition transition, Request request)
    {
        var state = transition.State;
        var updateId = request.Meta.UpdateId;
        if (state.Updates.ContainsKey(updateId))
        {
            return;
        }

        if (!state.IsOpen)
        {
            throw RefusedException.AlreadyCompleted();
        }

        if (state.Updates.Values.Count(update => update.Stage != UpdateStage.Completed) >= MaximumInFlight)
        {
            throw RefusedException.Exhausted(ResourceExhaustedCause.ConcurrentLimit, $"limit on number of concurrent in-flight updates has been reached ({MaximumInFlight})");
        }

        if (state.Updates.Count >= MaximumPerRun)
        {
            throw new RefusedException(StatusCode.FailedPrecondition, $"limit on number of total updates has been reached ({MaximumPerRun})");
        }

        transition.State = state with
        {
            Updates = state.Updates.Add(updateId, new(updateId, UpdateStage.Admitted) { Request = request }),
        };
        WorkflowTasks.Schedule(transition, speculative: state is { NextTaskAttempt: 1, PreviousStartedEventId: > 0 });
    }

    /// <summary>How far an update came, to whoever waits for it. Null when the run does not know it.</summary>
    /// <exception cref="RefusedException">The run closed before the update was accepted.</exception>
    public static (UpdateWorkflowExecutionLifecycleStage Stage, Outcome? Outcome)? Observe(RunState state, string updateId)
    {
        if (!state.Updates.TryGetValue(updateId, out var update))
        {
            return null;
        }

        return (update.Stage, state.IsOpen) switch
        {
            (UpdateStage.Completed, _) => (UpdateWorkflowExecutionLifecycleStage.Completed, update.Outcome),
            (UpdateStage.Accepted, true) => (UpdateWorkflowExecutionLifecycleStage.Accepted, null),
            (UpdateStage.Accepted, false) => (UpdateWorkflowExecutionLifecycleStage.Completed, ClosedBeforeCompletion()),
            (_, true) => (UpdateWorkflowExecutionLifecycleStage.Admitted, null),
            _ when state.Status == WorkflowExecutionStatus.ContinuedAsNew =>
                throw new RefusedException(StatusCode.Unavailable, "update was aborted because the workflow continued as new: send it again"),
            _ => throw RefusedException.AlreadyCompleted(),
        };
    }

    /// <summary>Every update the worker has not answered travels with each workflow task.</summary>
    public static IEnumerable<Message> MessagesFor(RunState state) =>
        from update in state.Updates.Values
        where update.Stage is UpdateStage.Sent
        select new Message
        {
            Id = update.RequestMessageId,
            ProtocolInstanceId = update.UpdateId,
            EventId = state.Task!.StartedEventId - 1,
            Body = Any.Pack(update.Request),
        };

    public static void MarkSent(Transition transition)
    {
        foreach (var update in transition.State.Updates.Values.Where(update => update.Stage == UpdateStage.Admitted))
        {
            Set(transition, update with { Stage = UpdateStage.Sent });
        }
    }

    public static bool HasUnsent(RunState state) => state.Updates.Values.Any(update => update.Stage == UpdateStage.Admitted);

    /// <summary>The worker's word on one update.</summary>
    public static void Handle(Transition transition, Message message)
    {
        if (!transition.State.Updates.TryGetValue(message.ProtocolInstanceId, out var update))
        {
            return;
        }

        if (message.Body.TryUnpack<Acceptance>(out var acceptance))
        {
            Accept(transition, update, acceptance);
        }
        else if (message.Body.TryUnpack<Response>(out var response))
        {
            Complete(transition, update, response);
        }
        else if (message.Body.TryUnpack<Rejection>(out var rejection))
        {
            Reject(transition, update, rejection.Failure);
        }
    }

    /// <summary>A worker that left an update unanswered does not know updates: it counts as rejected.</summary>
    public static void RejectUnanswered(Transition transition)
    {
        foreach (var update in transition.State.Updates.Values.Where(update => update.Stage == UpdateStage.Sent))
        {
            Reject(transition, update, FailureOf(
                "UnprocessedUpdate",
                "Workflow Update is rejected because it wasn't processed by worker. Probably, Workflow Update is not supported by the worker."));
        }
    }

    public static void AnnounceClose(Transition transition)
    {
        foreach (var update in transition.State.Updates.Values.Where(update => update.Stage != UpdateStage.Completed))
        {
            transition.Emit(new Effect.UpdateSettled(update.UpdateId));
        }
    }

    private static void Accept(Transition transition, UpdateRecord update, Acceptance acceptance)
    {
        transition.Record(new()
        {
            WorkflowExecutionUpdateAcceptedEventAttributes = new()
            {
                ProtocolInstanceId = update.UpdateId,
                AcceptedRequestMessageId = update.RequestMessageId,
                AcceptedRequestSequencingEventId = acceptance.AcceptedRequestSequencingEventId,
                AcceptedRequest = update.Request,
            },
        });
        transition.Emit(new Effect.UpdateSettled(update.UpdateId));
    }

    private static void Complete(Transition transition, UpdateRecord update, Response response)
    {
        transition.Record(new()
        {
            WorkflowExecutionUpdateCompletedEventAttributes = new()
            {
                Meta = response.Meta,
                AcceptedEventId = update.AcceptedEventId,
                Outcome = response.Outcome,
            },
        });
        transition.Emit(new Effect.UpdateSettled(update.UpdateId));
    }

    private static void Reject(Transition transition, UpdateRecord update, Failure failure)
    {
        transition.State = transition.State with { Updates = transition.State.Updates.Remove(update.UpdateId) };
        transition.Emit(new Effect.UpdateSettled(update.UpdateId, new Outcome { Failure = failure }));
    }

    private static void Set(Transition transition, UpdateRecord update) =>
        transition.State = transition.State with { Updates = transition.State.Updates.SetItem(update.UpdateId, update) };

    private static Outcome ClosedBeforeCompletion() => new()
    {
        Failure = FailureOf(
            "AcceptedUpdateCompletedWorkflow",
            "Workflow Update failed because the Workflow completed before the Update completed."),
    };

    private static Failure FailureOf(string type, string message) => new()
    {
        Message = message,
        Source = "Server",
        ApplicationFailureInfo = new() { Type = type, NonRetryable = true },
    };
}
