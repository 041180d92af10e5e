using System.Text.Json.Serialization;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Runs;

/// <summary>
/// Input of a RetrainingRun. Only <see cref="Model"/> is required, so that <c>{"model":"disposable-domain"}</c> is a
/// complete input for the <c>temporal</c> command line.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RetrainingRequest
{
    /// <summary>How long a stage's worker may stay silent, unless told.</summary>
    public static readonly TimeSpan DefaultHeartbeatTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Name of the model, the folder's name under models/.</summary>
    public required string Model { get; init; }

    /// <summary>Identifier of the DataSnapshot to take; null takes the newest that the model definition lists.</summary>
    public string? Snapshot { get; init; }

    /// <summary>Why the run was asked for. Further triggers that arrive while it is in flight are added to it.</summary>
    public TriggerReason Trigger { get; init; } = new();

    /// <summary>
    /// Whether the definition is only read, as a watch does, and nothing is asked for that anybody has to approve; false, and left out of
    /// JSON, for a run.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsForWatching { get; init; }

    /// <summary>
    /// Whether a second model is trained on a random split of the same rows, where they are split by time, so that the report shows both; false,
    /// and left out of JSON, unless asked for. It changes no verdict.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CompareSplits { get; init; }

    /// <summary>
    /// How long a stage's worker may stay silent before the stage is given to another; 30 seconds unless told. Stages
    /// heartbeat by themselves, so this bounds the time lost to a killed worker.
    /// </summary>
    public TimeSpan HeartbeatTimeout { get; init; } = DefaultHeartbeatTimeout;

    /// <summary>What is asked for, in the words that are signed.</summary>
    /// <param name="channel">The ReleaseChannel that the model definition names.</param>
    public AskedFor Asks(string channel) => new()
    {
        Kind = RequestKind.Retrain,
        Model = Model,
        Channel = channel,
        RequestedBy = Trigger.RequestedBy,
        Snapshot = Snapshot,
        Reason = Trigger.Note,
    };
}
