namespace Lifecycle.Storage.Emulator;

/// <summary>The blob emulator cannot be installed or started. The message says why and what to do.</summary>
public sealed class EmulatorException(string message, Exception? cause = null) : Exception(message, cause);
