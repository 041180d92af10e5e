using Lifecycle.LocalEngine.History;
using Lifecycle.LocalEngine.Persistence;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Turns;

/// <summary>
/// Acts on messages from one run to another. The message is removed in the same transaction, so acting on it again
/// after a crash is impossible; a message whose sender or addressee is gone is dropped.
/// </summary>
internal static class Deliveries
{
    private const string EngineIdentity = "history-service";
    private const string ClosePolicyReason = "by parent close policy";

    public static void Deliver(Turn turn, OutboxMessage message)
    {
        if (turn.Runs.Find(message.RunKey) is { } sender)
        {
            Act(turn, sender, message);
        }

        turn.Write(stores => stores.Outbox.Remove(message));
    }

    private static void Act(Turn turn, Run sender, OutboxMessage message)
    {
        switch (message.Kind)
        {
            case OutboxKind.StartChild:
                StartChild(turn, sender, message.EventId);
                break;
            case OutboxKind.SignalExternal:
                SignalExternal(turn, sender, message.EventId);
                break;
            case OutboxKind.CancelExternal:
                CancelExternal(turn, sender, message.EventId);
                break;
            case OutboxKind.NotifyParent:
                NotifyParent(turn, sender);
                break;
            default:
                ReleaseChild(turn, sender, message);
                break;
        }
    }

    private static void StartChild(Turn turn, Run parent, long initiatedEventId)
    {
        var child = Child(parent, initiatedEventId);
        if (child is null || (!parent.State.IsOpen && child.Attributes.ParentClosePolicy != ParentClosePolicy.Abandon))
        {
            return;
        }

        var existing = turn.Runs.FindCurrent(parent.State.Namespace, child.Attributes.WorkflowId);
        if (existing is not null && !StartPolicy.AllowsNewRun(existing.State, child.Attributes.WorkflowIdReusePolicy))
        {
            Step(turn, parent, transition => Children.RefusedAsDuplicate(transition, child));
            return;
        }

        var started = Children.StartedAttributes(parent.State, child);
        var (run, begin) = turn.Create(parent.State.Namespace, started, child.Metadata, startRequestId: "");
        Step(turn, parent, transition => Children.Started(transition, child, run.Execution));
        WorkflowTasks.Schedule(begin);
        turn.Accept(run, begin);
    }

    private static PendingChild? Child(Run parent, long initiatedEventId)
    {
        if (parent.State.Children.TryGetValue(initiatedEventId, out var pending))
        {
            return pending;
        }

        // A closed parent has no pending children, but one to be abandoned is still to be started.
        var initiated = parent.State.IsOpen ? null : parent.History[(int)initiatedEventId - 1];
        return initiated?.StartChildWorkflowExecutionInitiatedEventAttributes is { } attributes
            ? new(initiatedEventId, attributes) { Metadata = initiated.UserMetadata }
            : null;
    }

    private static void SignalExternal(Turn turn, Run sender, long initiatedEventId)
    {
        if (!sender.State.ExternalSignals.TryGetValue(initiatedEventId, out var initiated))
        {
            return;
        }

        var target = turn.Runs.Find(sender.State.Namespace, initiated.WorkflowExecution);
        var delivered = target is { State.IsOpen: true };
        if (delivered)
        {
            var signal = new Signal(initiated.SignalName, initiated.Input, initiated.Header, EngineIdentity)
            {
                RequestId = turn.NewId(),
                Sender = sender.Execution,
            };
            Step(turn, target!, transition => Requests.Signal(transition, signal));
        }

        Step(turn, sender, transition => ExternalRequests.SignalEnded(transition, initiatedEventId, delivered));
    }

    private static void CancelExternal(Turn turn, Run sender, long initiatedEventId)
    {
        if (!sender.State.ExternalCancels.TryGetValue(initiatedEventId, out var initiated))
        {
            return;
        }

        var target = turn.Runs.Find(sender.State.Namespace, initiated.WorkflowExecution);
        var delivered = target is { State.IsOpen: true };
        if (delivered)
        {
            var request = new CancelRequest(initiated.Reason, EngineIdentity)
            {
                Sender = sender.Execution,
                SenderInitiatedEventId = initiatedEventId,
            };
            Step(turn, target!, transition => Requests.Cancel(transition, request));
        }

        Step(turn, sender, transition => ExternalRequests.CancelEnded(transition, initiatedEventId, delivered));
    }

    private static void NotifyParent(Turn turn, Run child)
    {
        var started = child.State.Started;
        var parent = turn.Runs.Find(child.State.Namespace, started.ParentWorkflowExecution);
        if (parent is { State.IsOpen: true } && parent.State.Children.TryGetValue(started.ParentInitiatedEventId, out var pending))
        {
            Step(turn, parent, transition => Children.Closed(transition, pending, child.Execution, child.History[^1]));
        }
    }

    private static void ReleaseChild(Turn turn, Run parent, OutboxMessage message)
    {
        // The child may have continued as new since: the policy is for its chain.
        var child = turn.Runs.FindCurrent(parent.State.Namespace, message.WorkflowId);
        if (child is not { State.IsOpen: true } || child.State.Started.FirstExecutionRunId != message.RunId)
        {
            return;
        }

        var request = new CancelRequest(Reason: "", EngineIdentity) { Sender = parent.Execution };
        Step(turn, child, transition =>
        {
            if (message.Kind == OutboxKind.TerminateChild)
            {
                Closing.Terminate(transition, ClosePolicyReason, details: null, EngineIdentity);
            }
            else
            {
                Requests.Cancel(transition, request);
            }
        });
    }

    private static void Step(Turn turn, Run run, Action<Transition> step)
    {
        var transition = turn.Step(run);
        step(transition);
        turn.Accept(run, transition);
    }
}
