namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>
/// A search attribute that is not registered, may not be set, or holds a value of another type. The message is the
/// official server's; the frontend answers it as INVALID_ARGUMENT.
/// </summary>
public sealed class InvalidSearchAttributeException(string message) : Exception(message);
