namespace Lifecycle.Domain.Releases;

/// <summary>What a request would move, and how.</summary>
public enum RequestKind
{
    /// <summary>A RetrainingRun.</summary>
    Retrain,

    /// <summary>A rollback.</summary>
    Rollback,

    /// <summary>A cold start.</summary>
    ColdStart,
}

/// <summary>
/// What somebody asks for, in the words that are signed: a signature over it counts for this request and for no other. What is null
/// is left out of JSON.
/// </summary>
public sealed record AskedFor
{
    /// <summary>What kind of request it is.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The ReleaseChannel that would move.</summary>
    public required string Channel { get; init; }

    /// <summary>Who asks: an enrolled engineer's id where it is signed.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>The DataSnapshot of a RetrainingRun; null for the newest, and for everything else.</summary>
    public string? Snapshot { get; init; }

    /// <summary>The version that has to be live for a rollback; null for everything else.</summary>
    public long? FromVersion { get; init; }

    /// <summary>The version that a rollback goes back to; null leaves it to the rule.</summary>
    public long? ToVersion { get; init; }

    /// <summary>Digest of the evidence; null where a person asks.</summary>
    public string? EvidenceDigest { get; init; }

    /// <summary>Why; may be empty.</summary>
    public string Reason { get; init; } = "";
}
