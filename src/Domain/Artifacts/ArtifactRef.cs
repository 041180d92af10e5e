namespace Lifecycle.Domain.Artifacts;

/// <summary>
/// A claim check for bytes too large for a payload. Immutable and digest-addressed: the same content has the same
/// reference on every store, and every consumer verifies <see cref="Sha256"/> before it uses a byte.
/// </summary>
/// <param name="Uri">Store-relative address, <c>artifact:sha256/&lt;hex&gt;</c>.</param>
/// <param name="Sha256">Lowercase hexadecimal SHA-256 of the content.</param>
/// <param name="Bytes">Length of the content.</param>
/// <param name="MediaType">Media type of the content, such as <c>application/vnd.apache.parquet</c>.</param>
public sealed record ArtifactRef(string Uri, string Sha256, long Bytes, string MediaType)
{
    /// <summary>The reference of content with this digest.</summary>
    public static ArtifactRef ForContent(string sha256, long bytes, string mediaType) =>
        new($"artifact:sha256/{sha256}", sha256, bytes, mediaType);
}
