namespace Lifecycle.Serving.Models;

/// <summary>There is no model to serve: the ReleaseChannel is empty, or its Publication does not verify. A retry reads the same.</summary>
public sealed class NotServableException(string message, Exception? cause = null) : Exception(message, cause);
