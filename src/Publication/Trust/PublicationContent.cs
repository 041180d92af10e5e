using System.Collections.Immutable;

namespace Lifecycle.Publishing.Trust;

/// <summary>
/// What a publication's directory holds, as it was found: every file by its digest, and the small ones that trust is
/// decided by. Nothing in it is believed.
/// </summary>
public sealed record PublicationContent
{
    /// <summary>Largest signature, release or approval file that is read.</summary>
    public const long MaximumDocumentBytes = 1 << 20;

    /// <summary>Where it was found, for messages.</summary>
    public required string Location { get; init; }

    /// <summary>Its directory in the store, which names its release; null for a local copy, which may lie anywhere.</summary>
    public string? Directory { get; init; }

    /// <summary>SHA-256 of every file but <c>model.sig</c>, by name.</summary>
    public required ImmutableSortedDictionary<string, string> Digests { get; init; }

    /// <summary>Text of <c>model.sig</c>; null when it is missing.</summary>
    public required string? Signature { get; init; }

    /// <summary>Bytes of <c>release.json</c>; empty when it is missing.</summary>
    public required ReadOnlyMemory<byte> Release { get; init; }

    /// <summary>Text of <c>request.json</c>; null when there is none.</summary>
    public string? Request { get; init; }

    /// <summary>Text of each <c>approval-*.json</c>, by file name.</summary>
    public ImmutableSortedDictionary<string, string> Approvals { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
