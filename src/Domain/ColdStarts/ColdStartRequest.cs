namespace Lifecycle.Domain.ColdStarts;

/// <summary>Input of a cold start: that a model without labels goes live as its ReferenceModel.</summary>
public sealed record ColdStartRequest
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Who asks, and may not approve it.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Why, in a sentence; may be empty.</summary>
    public string Note { get; init; } = "";

    /// <summary>How long a worker may stay silent before its call is given to another.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
