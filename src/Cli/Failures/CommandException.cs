namespace Lifecycle.Cli.Failures;

/// <summary>A failure the user can act on: printed as one line, without a stack, and turned into <see cref="ExitCode"/>.</summary>
public sealed class CommandException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The exit code, one of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
