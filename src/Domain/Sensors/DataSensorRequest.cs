using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Sensors;

/// <summary>
/// Input of a look at a model's sensors. <c>{"model":"disposable-domain"}</c> looks at every file and blob; with
/// <see cref="Arrival"/> somebody else tells what arrived, and that one sensor takes it.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DataSensorRequest
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>What a webhook's receiver or a person tells; null to look.</summary>
    public DataArrival? Arrival { get; init; }
}

/// <summary>New data, as somebody else tells of it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DataArrival
{
    /// <summary>Id of the sensor, one with <c>webhook: true</c>.</summary>
    public required string Sensor { get; init; }

    /// <summary>Identity of the content, such as its SHA-256: the same digest twice in a row is one arrival.</summary>
    public required string Digest { get; init; }

    /// <summary>
    /// When the sender signed a post of it; null when it is told otherwise. The same digest, snapshot and second is the same post, which is new
    /// once at most.
    /// </summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>DataSnapshot to take; the newest that the model definition lists unless told.</summary>
    public string? Snapshot { get; init; }
}
