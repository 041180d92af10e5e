using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Releases;

/// <summary>Immutable, signed release: a flat directory with a <c>model.sig</c> over all its files.</summary>
/// <param name="Directory">Its address in the store, <c>publications/&lt;model&gt;/&lt;release digest&gt;</c>.</param>
/// <param name="ReleaseDigest">Digest of the <see cref="ReleaseManifest"/>: the publication's identity.</param>
/// <param name="RootDigest">Root digest that <c>model.sig</c> signs.</param>
/// <param name="ModelDigest">SHA-256 of <c>model.onnx</c>.</param>
/// <param name="ApprovedBy">Ids of the engineers whose Approvals it carries, sorted.</param>
public sealed record Publication(
    string Directory,
    string ReleaseDigest,
    string RootDigest,
    string ModelDigest,
    ImmutableArray<string> ApprovedBy);

/// <summary>What moved a ReleaseChannel.</summary>
public enum ChannelMove
{
    /// <summary>A new Publication went live.</summary>
    Promotion,

    /// <summary>An older Publication went live again, under a higher version.</summary>
    Rollback,
}

/// <summary>One version of a ReleaseChannel. Its history is these, one for each version, and they never change.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Channel">Name of the ReleaseChannel.</param>
/// <param name="Version">1 for the first; always one more than the version before.</param>
/// <param name="Move">What moved it.</param>
/// <param name="Publication">The Publication that is live from then on.</param>
/// <param name="Snapshot">Identifier of the DataSnapshot the live model was trained on, or what stands for a reference model: ask <see cref="Origin"/>.</param>
/// <param name="MovedAt">When, as the workflow saw it.</param>
/// <param name="MovedBy">The run that moved it.</param>
public sealed record ChannelEntry(
    string Model,
    string Channel,
    long Version,
    ChannelMove Move,
    Publication Publication,
    string Snapshot,
    DateTimeOffset MovedAt,
    string MovedBy)
{
    /// <summary>Where the answers of the live model come from.</summary>
    [JsonIgnore]
    public Origin Origin => Origin.Named(Snapshot);

    /// <summary>Who asked for this move, who approved it, and why; null, and left out of JSON, for one that was made before this was written down.</summary>
    public MoveGrounds? Grounds { get; init; }
}
