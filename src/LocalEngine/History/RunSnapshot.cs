using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace Lifecycle.LocalEngine.History;

/// <summary>
/// What the events of an open run do not tell, as it is stored beside them: the open workflow task, stickiness and the
/// news that is still buffered. Unaccepted updates are not stored, nor is a task that exists only for them.
/// </summary>
internal sealed record RunSnapshot
{
    public WorkflowTask? Task { get; init; }

    public int NextTaskAttempt { get; init; } = 1;

    public StickyQueue? Sticky { get; init; }

    public bool AwaitsFirstTask { get; init; }

    public ImmutableArray<byte[]> Buffered { get; init; } = [];

    public static string Write(RunState state) => JsonSerializer.Serialize(
        new()
        {
            Task = state.Task is { IsSpeculative: true, IsWritten: false } ? null : state.Task,
            NextTaskAttempt = state.NextTaskAttempt,
            Sticky = state.Sticky,
            AwaitsFirstTask = state.AwaitsFirstTask,
            Buffered = [.. state.Buffered.Select(news => news.ToByteArray())],
        },
        SnapshotJson.Default.RunSnapshot);

    /// <summary>The state of a run from its events and what was stored beside them; a closed run has nothing beside.</summary>
    public static RunState Restore(
        string @namespace,
        ImmutableArray<HistoryEvent> history,
        string? snapshot,
        IEnumerable<(long ScheduledEventId, string Json)> activities)
    {
        var state = history.Aggregate(Evolution.Begin(@namespace, history[0]), Evolution.Extend);
        return snapshot is null
            ? state
            : activities.Aggregate(JsonSerializer.Deserialize(snapshot, SnapshotJson.Default.RunSnapshot)!.Over(state), ActivitySnapshot.Over);
    }

    private RunState Over(RunState state)
    {
        var buffered = Buffered.Select(HistoryEvent.Parser.ParseFrom).ToImmutableArray();
        return buffered.Aggregate(state, Evolution.Apply) with
        {
            Task = Task,
            NextTaskAttempt = NextTaskAttempt,
            Sticky = Sticky,
            AwaitsFirstTask = AwaitsFirstTask,
            Buffered = buffered,
        };
    }
}

/// <summary>What the events do not tell about a pending activity.</summary>
internal sealed record ActivitySnapshot
{
    public required DateTimeOffset AttemptScheduledAt { get; init; }

    public required int Attempt { get; init; }

    public bool IsStarted { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public string StartRequestId { get; init; } = "";

    public string Identity { get; init; } = "";

    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset? LastAttemptCompletedAt { get; init; }

    public DateTimeOffset? LastHeartbeatAt { get; init; }

    public byte[]? HeartbeatDetails { get; init; }

    public byte[]? LastFailure { get; init; }

    public static string Write(PendingActivity activity) => JsonSerializer.Serialize(
        new()
        {
            AttemptScheduledAt = activity.AttemptScheduledAt,
            Attempt = activity.Attempt,
            IsStarted = activity.IsStarted,
            StartedAt = activity.StartedAt,
            StartRequestId = activity.StartRequestId,
            Identity = activity.Identity,
            NextAttemptAt = activity.NextAttemptAt,
            LastAttemptCompletedAt = activity.LastAttemptCompletedAt,
            LastHeartbeatAt = activity.LastHeartbeatAt,
            HeartbeatDetails = activity.HeartbeatDetails?.ToByteArray(),
            LastFailure = activity.LastFailure?.ToByteArray(),
        },
        SnapshotJson.Default.ActivitySnapshot);

    /// <summary>The state with one activity completed by what was stored about it.</summary>
    public static RunState Over(RunState state, (long ScheduledEventId, string Json) stored) =>
        state.Activities.TryGetValue(stored.ScheduledEventId, out var activity)
            ? state with
            {
                Activities = state.Activities.SetItem(
                    stored.ScheduledEventId,
                    JsonSerializer.Deserialize(stored.Json, SnapshotJson.Default.ActivitySnapshot)!.Over(activity)),
            }
            : state;

    private PendingActivity Over(PendingActivity activity) => activity with
    {
        AttemptScheduledAt = AttemptScheduledAt,
        Attempt = Attempt,
        IsStarted = IsStarted,
        StartedAt = StartedAt,
        StartRequestId = StartRequestId,
        Identity = Identity,
        NextAttemptAt = NextAttemptAt,
        LastAttemptCompletedAt = LastAttemptCompletedAt,
        LastHeartbeatAt = LastHeartbeatAt,
        HeartbeatDetails = HeartbeatDetails is { } details ? Payloads.Parser.ParseFrom(details) : null,
        LastFailure = LastFailure is { } failure ? Failure.Parser.ParseFrom(failure) : null,
    };
}

/// <summary>Compiled JSON form of the snapshots.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunSnapshot))]
[JsonSerializable(typeof(ActivitySnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
