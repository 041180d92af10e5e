using System.Text.Json;
using Lifecycle.Domain;
using Spectre.Console;

namespace Lifecycle.Cli.Output;

/// <summary>
/// Where a verb speaks: results on standard output, either for people or, with <c>--json</c>, as one JSON document and
/// nothing else; progress and errors on standard error.
/// </summary>
public sealed class CommandOutput(bool json, IAnsiConsole results, IAnsiConsole progress)
{
    /// <summary>Whether the result is JSON.</summary>
    public bool IsJson => json;

    /// <summary>The console for people; silent with <c>--json</c>.</summary>
    public IAnsiConsole Results => results;

    /// <summary>Makes the output of a real command.</summary>
    public static CommandOutput ForProcess(bool json) => new(json, ConsoleOn(Console.Out), ConsoleOn(Console.Error));

    /// <summary>Prints the verb's result: <paramref name="document"/> as JSON, or what <paramref name="draw"/> draws.</summary>
    public void Result<T>(T document, Action<IAnsiConsole> draw)
    {
        if (json)
        {
            Document(document);
            return;
        }

        draw(results);
    }

    /// <summary>Prints a document as JSON, with and without <c>--json</c>.</summary>
    public void Document<T>(T document) => results.Line(JsonSerializer.Serialize(document, DomainJson.Indented));

    /// <summary>Prints one line of progress.</summary>
    public void Progress(string line) => progress.Line(line);

    /// <summary>Prints the one error of a command that failed.</summary>
    public void Error(string message) => progress.Line($"error: {message}");

    private static IAnsiConsole ConsoleOn(TextWriter writer)
    {
        IAnsiConsole console = TerminalText.Guarded(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }));
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = 160;
        }

        return console;
    }
}
