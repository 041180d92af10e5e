using System.Buffers.Binary;
using System.Collections.Immutable;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Schedule.V1;

namespace Lifecycle.LocalEngine.Schedules;

/// <summary>
/// Everything the engine knows about one schedule between two steps. Immutable; the protocol messages in it are never
/// changed, only replaced.
/// </summary>
internal sealed record ScheduleState
{
    /// <summary>How many taken actions are remembered, as on the official server.</summary>
    public const int MaxRecentActions = 10;

    public required string Namespace { get; init; }

    public required string ScheduleId { get; init; }

    /// <summary>The request that created the schedule: repeating it is no error.</summary>
    public string CreateRequestId { get; init; } = "";

    /// <summary>Spec, action, policies and state, canonical and with their defaults (<see cref="ScheduleDefinition"/>).</summary>
    public required Schedule Definition { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public Memo Memo { get; init; } = new();

    public SearchAttributes SearchAttributes { get; init; } = new();

    /// <summary>Counts changes of the definition, by clients or by the schedule itself.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>Times up to here are settled: taken, missed or skipped.</summary>
    public required DateTimeOffset SettledUntil { get; init; }

    public ImmutableArray<BufferedStart> Buffer { get; init; } = [];

    public ImmutableArray<PendingBackfill> Backfills { get; init; } = [];

    /// <summary>Workflows that were started one after another and are still open, by their first run. AllowAll is not tracked.</summary>
    public ImmutableArray<WorkflowExecution> Running { get; init; } = [];

    /// <summary>The latest actions, oldest first.</summary>
    public ImmutableArray<ScheduleActionResult> RecentActions { get; init; } = [];

    public ScheduleCounts Counts { get; init; } = new();

    /// <summary>The result of the last workflow that completed, handed to the next one.</summary>
    public Payloads? LastCompletionResult { get; init; }

    /// <summary>The failure of the last workflow, handed to the next one; gone after a success.</summary>
    public Failure? LastFailure { get; init; }

    /// <summary>
    /// Why the stored schedule cannot be acted upon: its record cannot be read, or its time zone is not known here. It is listed and
    /// described with this reason and takes no action until it is updated; null where all is well.
    /// </summary>
    public string? SetAside { get; init; }

    /// <summary>Whether <see cref="Definition"/> stands in for one that cannot be read, and so must never be stored.</summary>
    public bool IsStandIn { get; init; }

    public bool IsPaused => Definition.State.Paused || SetAside is not null;

    /// <summary>The revision as clients send it back with an update.</summary>
    public ByteString ConflictToken
    {
        get
        {
            var token = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(token, Revision);
            return ByteString.CopyFrom(token);
        }
    }
}

/// <summary>What a schedule has done so far.</summary>
internal sealed record ScheduleCounts
{
    public long ActionsTaken { get; init; }

    /// <summary>Times that lay further back than the catch-up window when the engine came to them.</summary>
    public long MissedCatchupWindow { get; init; }

    /// <summary>Actions left out because the last workflow was still running.</summary>
    public long OverlapSkipped { get; init; }

    /// <summary>Actions lost because the buffer was full.</summary>
    public long BufferDropped { get; init; }
}
