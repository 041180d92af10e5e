namespace Lifecycle.Serving.Models;

/// <summary>A file that cannot be imported: missing, damaged, or without what was asked of it. A retry reads the same.</summary>
public sealed class UnusableFileException(string message, Exception? cause = null) : Exception(message, cause);
