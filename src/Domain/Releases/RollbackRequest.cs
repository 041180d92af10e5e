using System.Text.Json.Serialization;
using Lifecycle.Domain.Artifacts;

namespace Lifecycle.Domain.Releases;

/// <summary>What somebody asks for: that a ReleaseChannel goes back to an earlier version. Input of a rollback.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RollbackRequest
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The ReleaseChannel.</summary>
    public string Channel { get; init; } = "production";

    /// <summary>The version to go back to; null for the Publication that was live before the live one was first promoted.</summary>
    public long? ToVersion { get; init; }

    /// <summary>The version that has to be live, when the one who asks looked at a certain one; null for whichever is.</summary>
    public long? FromVersion { get; init; }

    /// <summary>Who asks: a person, or the watch that measured. May not approve it where <see cref="Signed"/> proves it.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>The engineer's signed request; null, and left out of JSON, when nobody signed: then the name is shown as unverified.</summary>
    public RequestEnvelope? Signed { get; init; }

    /// <summary>Why, in a sentence; required.</summary>
    public required string Reason { get; init; }

    /// <summary>What was measured; null when a person asks.</summary>
    public ArtifactRef? Evidence { get; init; }

    /// <summary>How long a worker may stay silent before its call is given to another.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is asked for, in the words that are signed.</summary>
    public AskedFor Asks() => new()
    {
        Kind = RequestKind.Rollback,
        Model = Model,
        Channel = Channel,
        RequestedBy = RequestedBy,
        FromVersion = FromVersion,
        ToVersion = ToVersion,
        EvidenceDigest = Evidence?.Sha256,
        Reason = Reason,
    };
}
