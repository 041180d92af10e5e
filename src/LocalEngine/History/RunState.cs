using System.Collections.Immutable;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// Everything the engine knows about one run between two transitions. Immutable: a transition that fails to commit is
/// forgotten by keeping the old value. What events tell is derived from them by <see cref="Evolution"/>; the rest
/// (attempts, the open workflow task, stickiness, the event buffer) is stored beside the history by
/// <see cref="RunSnapshot"/> and the activity table.
/// </summary>
internal sealed record RunState
{
    /// <summary>The attributes of event 1, never changed after it was written.</summary>
    public required WorkflowExecutionStartedEventAttributes Started { get; init; }

    public required string Namespace { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public UserMetadata? Metadata { get; init; }

    public WorkflowExecutionStatus Status { get; init; } = WorkflowExecutionStatus.Running;

    public DateTimeOffset? ClosedAt { get; init; }

    public long NextEventId { get; init; } = 1;

    public long HistoryBytes { get; init; }

    public long TransitionCount { get; init; }

    /// <summary>The started event of the last completed workflow task; 0 before the first.</summary>
    public long PreviousStartedEventId { get; init; }

    /// <summary>The open workflow task, scheduled or with a worker.</summary>
    public WorkflowTask? Task { get; init; }

    /// <summary>Attempt number of the next workflow task; above 1 after failures without news.</summary>
    public int NextTaskAttempt { get; init; } = 1;

    public StickyQueue? Sticky { get; init; }

    /// <summary>The first workflow task waits for the start delay, retry backoff or continue-as-new backoff.</summary>
    public bool AwaitsFirstTask { get; init; }

    public bool CancelRequested { get; init; }

    public ImmutableSortedDictionary<long, PendingActivity> Activities { get; init; } = ImmutableSortedDictionary<long, PendingActivity>.Empty;

    public ImmutableSortedDictionary<string, PendingTimer> Timers { get; init; } = ImmutableSortedDictionary.Create<string, PendingTimer>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<long, PendingChild> Children { get; init; } = ImmutableSortedDictionary<long, PendingChild>.Empty;

    public ImmutableSortedDictionary<long, SignalExternalWorkflowExecutionInitiatedEventAttributes> ExternalSignals { get; init; } =
        ImmutableSortedDictionary<long, SignalExternalWorkflowExecutionInitiatedEventAttributes>.Empty;

    public ImmutableSortedDictionary<long, RequestCancelExternalWorkflowExecutionInitiatedEventAttributes> ExternalCancels { get; init; } =
        ImmutableSortedDictionary<long, RequestCancelExternalWorkflowExecutionInitiatedEventAttributes>.Empty;

    public ImmutableSortedDictionary<string, UpdateRecord> Updates { get; init; } = ImmutableSortedDictionary.Create<string, UpdateRecord>(StringComparer.Ordinal);

    /// <summary>News that arrived while a workflow task is with a worker; they get their ids when it ends.</summary>
    public ImmutableArray<HistoryEvent> Buffered { get; init; } = [];

    public ImmutableHashSet<string> SignalRequestIds { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    public Memo Memo { get; init; } = new();

    public SearchAttributes SearchAttributes { get; init; } = new();

    public string WorkflowId => Started.WorkflowId;

    public string RunId => Started.OriginalExecutionRunId;

    public string TaskQueue => Started.TaskQueue.Name;

    public bool IsOpen => Status == WorkflowExecutionStatus.Running;

    public WorkflowExecution Execution => new() { WorkflowId = WorkflowId, RunId = RunId };

    public DateTimeOffset ExecutionTime => StartedAt + Started.FirstWorkflowTaskBackoff.OrZero();
}

/// <summary>Where the worker that has this run in its cache listens, and how long a task may wait there.</summary>
internal sealed record StickyQueue(string Name, TimeSpan ScheduleToStart);
