namespace Lifecycle.LocalEngine.Persistence;

/// <summary>
/// The engine could not start, for a reason its operator can mend: the message names what was found and what to do.
/// Nothing was changed.
/// </summary>
public sealed class EngineStartException(string message, Exception? cause = null) : Exception(message, cause);
