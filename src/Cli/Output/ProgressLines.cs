namespace Lifecycle.Cli.Output;

/// <summary>Progress of a library as lines of a command.</summary>
/// <param name="write">Writes one line.</param>
public sealed class ProgressLines(Action<string> write) : IProgress<string>
{
    /// <summary>Writes the line at once, in the order of the calls.</summary>
    public void Report(string value) => write(value);
}
