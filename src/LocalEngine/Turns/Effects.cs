using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Persistence;

namespace Lifecycle.LocalEngine.Turns;

/// <summary>Carries out what a step asked for: in memory at once, in other runs through the outbox.</summary>
internal static class Effects
{
    public static void Carry(Turn turn, Run run, Effect effect)
    {
        switch (effect)
        {
            case Effect.OfferWorkflowTask:
                turn.Offers.OfferWorkflowTask(turn, run);
                break;
            case Effect.OfferActivity activity:
                turn.Offers.OfferActivity(turn, run, activity.ScheduledEventId);
                break;
            case Effect.UpdateSettled update:
                turn.AfterCommit(run.UpdateWaiters.Take(update.UpdateId, update.Rejection));
                break;
            case Effect.ContinueChain chain:
                Continue(turn, run, chain);
                break;
            case Effect.StartChild child:
                turn.Send(new(OutboxKind.StartChild, run.Key) { EventId = child.InitiatedEventId });
                break;
            case Effect.SignalExternal signal:
                turn.Send(new(OutboxKind.SignalExternal, run.Key) { EventId = signal.InitiatedEventId });
                break;
            case Effect.CancelExternal cancel:
                turn.Send(new(OutboxKind.CancelExternal, run.Key) { EventId = cancel.InitiatedEventId });
                break;
            case Effect.NotifyParent:
                turn.Send(new(OutboxKind.NotifyParent, run.Key));
                break;
            case Effect.ReleaseChild child:
                turn.Send(new(child.Terminate ? OutboxKind.TerminateChild : OutboxKind.CancelChild, run.Key)
                {
                    EventId = child.InitiatedEventId,
                    WorkflowId = child.Child.WorkflowId,
                    RunId = child.Child.RunId,
                });
                break;
        }
    }

    private static void Continue(Turn turn, Run run, Effect.ContinueChain chain)
    {
        var (next, begin) = turn.Create(run.State.Namespace, chain.Started, chain.Metadata, startRequestId: "");
        WorkflowTasks.Schedule(begin);
        turn.Accept(next, begin);
    }
}
