using System.Collections.Immutable;
using Lifecycle.Domain.Artifacts;

namespace Lifecycle.Domain.Data;

/// <summary>
/// Immutable, digest-addressed copy of the input with its cutoff. The same sources give the same bytes, so
/// <see cref="Digest"/> identifies it everywhere.
/// </summary>
public sealed record DataSnapshot
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Identifier within the model, such as <c>2020-05</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Nothing known after this date is in the rows.</summary>
    public required DateOnly Cutoff { get; init; }

    /// <summary>The rows, a Parquet file sorted by all its columns.</summary>
    public required ArtifactRef Rows { get; init; }

    /// <summary>Number of rows.</summary>
    public required long RowCount { get; init; }

    /// <summary>The files that were read, with their digests, sorted by name.</summary>
    public ImmutableArray<SourceDigest> Sources { get; init; } = [];

    /// <summary>Lowercase hexadecimal SHA-256 of the rows.</summary>
    public string Digest => Rows.Sha256;
}

/// <summary>A file that a DataSnapshot was made from, by its path relative to the source, and its SHA-256.</summary>
public sealed record SourceDigest(string Name, string Sha256);
