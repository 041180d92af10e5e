using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>A signal on its way to a run, from a client or from another run.</summary>
internal sealed record Signal(string Name, Payloads? Input, Header? Header, string Identity)
{
    /// <summary>A signal whose request id the run has seen is the same signal again.</summary>
    public string RequestId { get; init; } = "";

    public WorkflowExecution? Sender { get; init; }
}

/// <summary>A request to cancel a run; <see cref="Sender"/> is the run it comes from, if it comes from one.</summary>
internal sealed record CancelRequest(string Reason, string Identity)
{
    public WorkflowExecution? Sender { get; init; }

    public long SenderInitiatedEventId { get; init; }
}

/// <summary>What the outside asks of a running workflow: signals and cancellation.</summary>
internal static class Requests
{
    public static void Signal(Transition transition, Signal signal)
    {
        if (signal.RequestId.Length > 0 && transition.State.SignalRequestIds.Contains(signal.RequestId))
        {
            return;
        }

        transition.RecordNews(new()
        {
            WorkflowExecutionSignaledEventAttributes = new()
            {
                SignalName = signal.Name,
                Input = signal.Input,
                Header = signal.Header,
                Identity = signal.Identity,
                ExternalWorkflowExecution = signal.Sender,
                RequestId = signal.RequestId,
            },
        });
        EndStartDelay(transition);
        WorkflowTasks.Schedule(transition);
    }

    /// <summary>Asks the workflow to cancel; asking again changes nothing.</summary>
    public static void Cancel(Transition transition, CancelRequest request)
    {
        if (transition.State.CancelRequested || !transition.State.IsOpen)
        {
            return;
        }

        transition.RecordNews(new()
        {
            WorkflowExecutionCancelRequestedEventAttributes = new()
            {
                Cause = request.Reason,
                Identity = request.Identity,
                ExternalWorkflowExecution = request.Sender,
                ExternalInitiatedEventId = request.SenderInitiatedEventId,
            },
        });
        WorkflowTasks.Schedule(transition);
    }

    /// <summary>The start delay or backoff of the run is over.</summary>
    public static void EndBackoff(Transition transition)
    {
        transition.State = transition.State with { AwaitsFirstTask = false };
        WorkflowTasks.Schedule(transition);
    }

    // A delay that a client chose ends with the first signal; the backoff between runs of a chain does not.
    public static void EndStartDelay(Transition transition)
    {
        if (transition.State is { AwaitsFirstTask: true, Started.Initiator: ContinueAsNewInitiator.Unspecified })
        {
            transition.State = transition.State with { AwaitsFirstTask = false };
        }
    }
}
