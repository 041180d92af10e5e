using System.Text.Json.Serialization;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.ColdStarts;

/// <summary>Input of a cold start: that a model without labels goes live as its ReferenceModel.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ColdStartRequest
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Who asks. May not approve it where <see cref="Signed"/> proves it.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>The engineer's signed request; null, and left out of JSON, when nobody signed: then the name is shown as unverified.</summary>
    public RequestEnvelope? Signed { get; init; }

    /// <summary>Why, in a sentence; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>How long a worker may stay silent before its call is given to another.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is asked for, in the words that are signed.</summary>
    /// <param name="channel">The ReleaseChannel that the model definition names.</param>
    public AskedFor Asks(string channel) => new()
    {
        Kind = RequestKind.ColdStart,
        Model = Model,
        Channel = channel,
        RequestedBy = RequestedBy,
        Reason = Note,
    };
}
