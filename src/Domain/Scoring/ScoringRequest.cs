using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Artifacts;

namespace Lifecycle.Domain.Scoring;

/// <summary>
/// Input of a batch scoring: which rows the live model of a ReleaseChannel scores. The model is pinned when the batch begins:
/// every partition is scored by the same bytes, whatever happens to the channel meanwhile.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ScoringRequest
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// Identity of the batch within the model: lower-case letters, digits and hyphens. The same key with the same rows is the same
    /// batch, and what is done of it is not done again.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>The ReleaseChannel whose model scores; <c>production</c> unless told.</summary>
    public string Channel { get; init; } = "production";

    /// <summary>Where the rows are.</summary>
    public required ScoringSource Source { get; init; }

    /// <summary>Column of the one text; null takes <c>input</c>, or the line of a text file without columns, and for a DataSnapshot the model's own input column. A model of columns finds them by their names.</summary>
    public string? InputColumn { get; init; }

    /// <summary>Columns that may be there and are not read, where a model of columns scores; of a DataSnapshot, any may.</summary>
    public ImmutableArray<string> IgnoredColumns { get; init; } = [];

    /// <summary>Column of the event's time; null gives every row <see cref="Time"/>.</summary>
    public string? TimeColumn { get; init; }

    /// <summary>How the times are written: <c>unix</c>, <c>unix-ms</c> or a .NET pattern; null for ISO 8601 with a zone.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>Column of the request's identity; null makes one of the batch's key and the row's position.</summary>
    public string? RequestIdColumn { get; init; }

    /// <summary>Time of rows without one; null takes the batch's beginning.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Rows of a partition, the unit that is retried; 50,000 unless told.</summary>
    public int PartitionRows { get; init; } = 50_000;

    /// <summary>Partitions in work at once; 2 unless told.</summary>
    public int Parallelism { get; init; } = 2;

    /// <summary>Whether the answers go into the prediction log; they do unless told.</summary>
    public bool Log { get; init; } = true;

    /// <summary>How long a worker may stay silent before its partition is given to another; 30 seconds unless told.</summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How far an earlier execution of this batch came; null at its beginning. Set by the workflow alone.</summary>
    public ScoringProgress? Progress { get; init; }

    /// <summary>The request without what changes no answer: two requests of the same essence are one batch.</summary>
    public ScoringRequest Essence() => this with { Progress = null, Parallelism = 1, HeartbeatTimeout = TimeSpan.Zero };
}

/// <summary>Where the rows of a batch are: exactly one of these is given.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ScoringSource
{
    /// <summary>Files that were uploaded as artifacts, in their order.</summary>
    public ImmutableArray<SourceFile> Files { get; init; } = [];

    /// <summary>Files on the workers' machines, such as <c>/data/2024-03-*.csv</c>; every worker must see the same ones.</summary>
    public string? WorkerFiles { get; init; }

    /// <summary>Prefix of blobs in the store, taken in the order of their names.</summary>
    public string? BlobPrefix { get; init; }

    /// <summary>Identifier of an accepted DataSnapshot of the model.</summary>
    public string? Snapshot { get; init; }
}

/// <summary>A file of rows.</summary>
/// <param name="Name">Its name for people; the content says the format.</param>
/// <param name="Content">Its bytes.</param>
public sealed record SourceFile(string Name, ArtifactRef Content);
