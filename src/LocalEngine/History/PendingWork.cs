using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// An activity that was scheduled and is not closed. An attempt waits for its backoff
/// (<see cref="NextAttemptAt"/>), then for a worker, then runs (<see cref="IsStarted"/>).
/// </summary>
internal sealed record PendingActivity
{
    public required long ScheduledEventId { get; init; }

    public required ActivityTaskScheduledEventAttributes Attributes { get; init; }

    public required DateTimeOffset FirstScheduledAt { get; init; }

    public required DateTimeOffset AttemptScheduledAt { get; init; }

    public int Attempt { get; init; } = 1;

    public bool IsStarted { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public string StartRequestId { get; init; } = "";

    public string Identity { get; init; } = "";

    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset? LastAttemptCompletedAt { get; init; }

    public DateTimeOffset? LastHeartbeatAt { get; init; }

    public Payloads? HeartbeatDetails { get; init; }

    public Failure? LastFailure { get; init; }

    /// <summary>0 while cancellation was not asked for.</summary>
    public long CancelRequestedEventId { get; init; }

    public bool CancelRequested => CancelRequestedEventId != 0;

    public bool IsDispatchable => !IsStarted && NextAttemptAt is null;
}

/// <summary>A workflow timer that has not fired.</summary>
internal sealed record PendingTimer(string TimerId, long StartedEventId, DateTimeOffset FiresAt);

/// <summary>A child that is not closed, as its parent sees it. <see cref="RunId"/> is empty until it started.</summary>
internal sealed record PendingChild(long InitiatedEventId, StartChildWorkflowExecutionInitiatedEventAttributes Attributes)
{
    public UserMetadata? Metadata { get; init; }

    public long StartedEventId { get; init; }

    public string RunId { get; init; } = "";
}
