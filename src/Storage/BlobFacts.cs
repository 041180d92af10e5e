namespace Lifecycle.Storage;

/// <summary>What a store knows of a blob without reading it.</summary>
/// <param name="ETag">Tag of exactly this version.</param>
/// <param name="Bytes">Length of the content.</param>
/// <param name="ChangedAt">When it was last written.</param>
public sealed record BlobFacts(string ETag, long Bytes, DateTimeOffset ChangedAt);
