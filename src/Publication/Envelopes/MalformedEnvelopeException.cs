namespace Lifecycle.Publishing.Envelopes;

/// <summary>Signed material cannot be read as what it should be. The message names the field, what was found and what was expected.</summary>
public sealed class MalformedEnvelopeException(string message, Exception? cause = null) : Exception(message, cause);
