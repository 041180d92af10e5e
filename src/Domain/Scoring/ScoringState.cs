using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;
using Lifecycle.Domain.Releases;

namespace Lifecycle.Domain.Scoring;

/// <summary>What a batch will do, decided once at its beginning.</summary>
/// <param name="Champion">The verified version of the ReleaseChannel that scores every partition.</param>
/// <param name="Partitions">The partitions' rows: a JSON list of artifacts, in order.</param>
/// <param name="PartitionCount">Partitions.</param>
/// <param name="RowCount">Rows in all of them.</param>
public sealed record ScoringPlan(ChannelEntry Champion, ArtifactRef Partitions, int PartitionCount, long RowCount);

/// <summary>One partition that is done.</summary>
public sealed record ScoredPartition
{
    /// <summary>Position among the partitions, counted from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Digest of the rows that were to be scored.</summary>
    public required string RowsDigest { get; init; }

    /// <summary>Digest of the model that scored them.</summary>
    public required string ModelDigest { get; init; }

    /// <summary>The blob with the scored rows.</summary>
    public required string Blob { get; init; }

    /// <summary>SHA-256 of that blob.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Rows in it.</summary>
    public required long RowCount { get; init; }

    /// <summary>What was refused.</summary>
    public RefusalSummary Refusals { get; init; } = new();
}

/// <summary>How far a batch has come; small, so that it can be handed from one execution to the next.</summary>
public sealed record ScoringProgress
{
    /// <summary>What the batch will do.</summary>
    public required ScoringPlan Plan { get; init; }

    /// <summary>Partitions of earlier executions that are done: all before this one.</summary>
    public int NextPartition { get; init; }

    /// <summary>Partitions done, in whatever order.</summary>
    public int DoneCount { get; init; }

    /// <summary>Rows done, the refused ones among them.</summary>
    public long RowCount { get; init; }

    /// <summary>What was refused.</summary>
    public RefusalSummary Refusals { get; init; } = new();

    /// <summary>The progress with one more partition done.</summary>
    public ScoringProgress With(ScoredPartition partition) => this with
    {
        DoneCount = DoneCount + 1,
        RowCount = RowCount + partition.RowCount,
        Refusals = Refusals.With(partition.Refusals),
    };
}

/// <summary>The answer of a batch's <c>state</c> query and, once closed, its result.</summary>
public sealed record ScoringState
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Identity of the batch.</summary>
    public required string Key { get; init; }

    /// <summary>How far it has come; null until it is planned.</summary>
    public ScoringProgress? Progress { get; init; }

    /// <summary>The list of all partitions with their digests, once all are done.</summary>
    public ArtifactRef? Manifest { get; init; }
}

/// <summary>The list of a batch's partitions, <c>scores/&lt;model&gt;/&lt;key&gt;/manifest.json</c>. Format: docs/formats/scores.md.</summary>
public sealed record ScoringManifest
{
    /// <summary>Name and version of the format.</summary>
    public string Format { get; init; } = "lifecycle-scores/1";

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Identity of the batch.</summary>
    public required string Key { get; init; }

    /// <summary>The version of the ReleaseChannel that scored.</summary>
    public required ChannelEntry Champion { get; init; }

    /// <summary>Rows in all partitions.</summary>
    public required long RowCount { get; init; }

    /// <summary>All partitions, in order.</summary>
    public required ImmutableArray<ScoredPartition> Partitions { get; init; }
}
