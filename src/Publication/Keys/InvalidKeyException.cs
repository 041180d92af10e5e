namespace Lifecycle.Publishing.Keys;

/// <summary>A key or the file that holds it is missing, unreadable, unsafe or not of the kind used. The message says which file and what to do.</summary>
public sealed class InvalidKeyException(string message, Exception? cause = null) : Exception(message, cause);
