using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.Update.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// What a transition asks of the world outside its run. Effects on other runs are stored in the same transaction as the
/// events that caused them; the rest concerns memory and can be derived from the state again after a restart.
/// </summary>
internal abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>The open workflow task waits for a worker.</summary>
    public sealed record OfferWorkflowTask : Effect;

    /// <summary>An activity attempt waits for a worker.</summary>
    public sealed record OfferActivity(long ScheduledEventId) : Effect;

    /// <summary>An update changed its stage; <see cref="Rejection"/> is the outcome of one that left no record.</summary>
    public sealed record UpdateSettled(string UpdateId, Outcome? Rejection = null) : Effect;

    /// <summary>The chain goes on in a new run, created in the same transaction that closes this one.</summary>
    public sealed record ContinueChain(WorkflowExecutionStartedEventAttributes Started, UserMetadata? Metadata) : Effect;

    /// <summary>Start the child of an initiated event.</summary>
    public sealed record StartChild(long InitiatedEventId) : Effect;

    /// <summary>Deliver a signal to another run.</summary>
    public sealed record SignalExternal(long InitiatedEventId) : Effect;

    /// <summary>Ask another run to cancel.</summary>
    public sealed record CancelExternal(long InitiatedEventId) : Effect;

    /// <summary>Tell the parent that this chain has closed.</summary>
    public sealed record NotifyParent : Effect;

    /// <summary>Apply the parent close policy to a child that is still open.</summary>
    public sealed record ReleaseChild(WorkflowExecution Child, long InitiatedEventId, bool Terminate) : Effect;
}
