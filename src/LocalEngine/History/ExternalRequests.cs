using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>Signals and cancellations that a workflow sends to another: initiated, delivered afterwards, then confirmed or refused.</summary>
internal static class ExternalRequests
{
    public static void InitiateSignal(Transition transition, SignalExternalWorkflowExecutionCommandAttributes command, long completedEventId)
    {
        var eventId = transition.Record(new()
        {
            SignalExternalWorkflowExecutionInitiatedEventAttributes = new()
            {
                WorkflowTaskCompletedEventId = completedEventId,
                Namespace = transition.State.Namespace,
                WorkflowExecution = command.Execution,
                SignalName = command.SignalName,
                Input = command.Input,
                Header = command.Header,
                ChildWorkflowOnly = command.ChildWorkflowOnly,
            },
        }).EventId;
        transition.Emit(new Effect.SignalExternal(eventId));
    }

    public static void InitiateCancel(Transition transition, RequestCancelExternalWorkflowExecutionCommandAttributes command, long completedEventId)
    {
        var eventId = transition.Record(new()
        {
            RequestCancelExternalWorkflowExecutionInitiatedEventAttributes = new()
            {
                WorkflowTaskCompletedEventId = completedEventId,
                Namespace = transition.State.Namespace,
                WorkflowExecution = new WorkflowExecution { WorkflowId = command.WorkflowId, RunId = command.RunId },
                ChildWorkflowOnly = command.ChildWorkflowOnly,
                Reason = command.Reason,
            },
        }).EventId;
        transition.Emit(new Effect.CancelExternal(eventId));
    }

    public static void SignalEnded(Transition transition, long initiatedEventId, bool delivered)
    {
        var initiated = transition.State.ExternalSignals[initiatedEventId];
        transition.RecordNews(delivered
            ? new()
            {
                ExternalWorkflowExecutionSignaledEventAttributes = new()
                {
                    InitiatedEventId = initiatedEventId,
                    Namespace = initiated.Namespace,
                    WorkflowExecution = initiated.WorkflowExecution,
                },
            }
            : new()
            {
                SignalExternalWorkflowExecutionFailedEventAttributes = new()
                {
                    Cause = SignalExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound,
                    Namespace = initiated.Namespace,
                    WorkflowExecution = initiated.WorkflowExecution,
                    InitiatedEventId = initiatedEventId,
                },
            });
        WorkflowTasks.Schedule(transition);
    }

    public static void CancelEnded(Transition transition, long initiatedEventId, bool delivered)
    {
        var initiated = transition.State.ExternalCancels[initiatedEventId];
        transition.RecordNews(delivered
            ? new()
            {
                ExternalWorkflowExecutionCancelRequestedEventAttributes = new()
                {
                    InitiatedEventId = initiatedEventId,
                    Namespace = initiated.Namespace,
                    WorkflowExecution = initiated.WorkflowExecution,
                },
            }
            : new()
            {
                RequestCancelExternalWorkflowExecutionFailedEventAttributes = new()
                {
                    Cause = CancelExternalWorkflowExecutionFailedCause.ExternalWorkflowExecutionNotFound,
                    Namespace = initiated.Namespace,
                    WorkflowExecution = initiated.WorkflowExecution,
                    InitiatedEventId = initiatedEventId,
                },
            });
        WorkflowTasks.Schedule(transition);
    }
}
