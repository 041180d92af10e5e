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

    /// <summary>The state that the events gave, completed by what was stored beside them.</summary>
    public static RunState Restore(RunState state, string json)
    {
        var snapshot = JsonSerializer.Deserialize(json, SnapshotJson.Default.RunSnapshot)!;
        var buffered = snapshot.Buffered.Select(HistoryEvent.Parser.ParseFrom).ToImmutableArray();
        return buffered.Aggregate(state, Evolution.Apply) with
        {
            Task = snapshot.Task,
            NextTaskAttempt = snapshot.NextTaskAttempt,
            Sticky = snapshot.Sticky,
            AwaitsFirstTask = snapshot.AwaitsFirstTask,
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

    public static PendingActivity Restore(PendingActivity activity, string json)
    {
        var snapshot = JsonSerializer.Deserialize(json, SnapshotJson.Default.ActivitySnapshot)!;
        return activity with
        {
            AttemptScheduledAt = snapshot.AttemptScheduledAt,
            Attempt = snapshot.Attempt,
            IsStarted = snapshot.IsStarted,
            StartedAt = snapshot.StartedAt,
            StartRequestId = snapshot.StartRequestId,
            Identity = snapshot.Identity,
            NextAttemptAt = snapshot.NextAttemptAt,
            LastAttemptCompletedAt = snapshot.LastAttemptCompletedAt,
            LastHeartbeatAt = snapshot.LastHeartbeatAt,
            HeartbeatDetails = snapshot.HeartbeatDetails is { } details ? Payloads.Parser.ParseFrom(details) : null,
            LastFailure = snapshot.LastFailure is { } failure ? Failure.Parser.ParseFrom(failure) : null,
        };
    }
}

/// <summary>Compiled JSON form of the snapshots.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunSnapshot))]
[JsonSerializable(typeof(ActivitySnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
