using System.Collections.Immutable;

namespace Lifecycle.Domain.Sensors;

/// <summary>
/// What is known of a sensor, the blob <c>sensors/&lt;model&gt;/&lt;id&gt;.json</c>, moved by compare-and-swap. The record
/// decides which content is new: whoever moves <see cref="Digest"/> on claims it, and launches.
/// </summary>
public sealed record SensorRecord
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Id of the sensor.</summary>
    public required string Sensor { get; init; }

    /// <summary>When it was first looked at.</summary>
    public required DateTimeOffset FirstCheckedAt { get; init; }

    /// <summary>When it was last looked at.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>Identity of the content: SHA-256 of files, the tag of a blob, or what was told; empty while there is none.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Names, lengths and times of files, by which unchanged ones are known without reading them; empty for others.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>When the content was last changed, as its store says; null while there is none.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The content before, so that a claim can be given back.</summary>
    public string PreviousDigest { get; init; } = "";

    /// <summary>Run id of the workflow that claimed the content; empty for content that was there at the first look.</summary>
    public string ClaimedBy { get; init; } = "";

    /// <summary>Posts that could still be played back, oldest first; for a webhook alone. What is older is refused by its signature.</summary>
    public ImmutableArray<SensorPost> Posts { get; init; } = [];

    /// <summary>Age from which on the sensor is stale; null for never.</summary>
    public TimeSpan? Freshness { get; init; }

    /// <summary>Whether the newest data was older than <see cref="Freshness"/> at <see cref="CheckedAt"/>.</summary>
    public bool IsStale { get; init; }

    /// <summary>Whether the sensor is stale at a moment; one that never saw data counts from its first look.</summary>
    public bool IsStaleAt(DateTimeOffset now) => Freshness is { } freshness && now - (ChangedAt ?? FirstCheckedAt) > freshness;
}

/// <summary>A signed post that a sensor took.</summary>
/// <param name="Id">First 32 digits of the SHA-256 of what makes it itself: second, digest, snapshot.</param>
/// <param name="SignedAt">When it was signed.</param>
/// <param name="TakenBy">Run id of the workflow that took it: its repeated call is no playback.</param>
public sealed record SensorPost(string Id, DateTimeOffset SignedAt, string TakenBy);
