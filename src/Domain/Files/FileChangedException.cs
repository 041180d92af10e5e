namespace Lifecycle.Domain.Files;

/// <summary>A file became longer or shorter while it was read: what was read is not what is there.</summary>
public sealed class FileChangedException(string message) : IOException(message);
