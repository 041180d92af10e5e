namespace Lifecycle.LocalEngine.History;

/// <summary>
/// The open workflow task of a run. Its scheduled and started events are in the history when it
/// <see cref="IsWritten"/>. Two kinds are not: a retry after a failure (attempt above 1) and a task that exists only to
/// deliver updates. Those events appear in the poll response alone until something worth recording comes of them.
/// </summary>
internal sealed record WorkflowTask
{
    public required long ScheduledEventId { get; init; }

    public required DateTimeOffset ScheduledAt { get; init; }

    public required int Attempt { get; init; }

    public required string Queue { get; init; }

    public required bool OnSticky { get; init; }

    public required bool IsWritten { get; init; }

    /// <summary>It was scheduled only to deliver updates and vanishes when they are all rejected.</summary>
    public bool IsSpeculative { get; init; }

    /// <summary>A failed task is not offered again before this instant.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>0 while no worker has it.</summary>
    public long StartedEventId { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public string Identity { get; init; } = "";

    public string RequestId { get; init; } = "";

    public long HistoryBytesAtStart { get; init; }

    public bool SuggestsContinueAsNew { get; init; }

    public bool IsStarted => StartedEventId != 0;
}
