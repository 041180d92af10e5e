using Lifecycle.Client;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Lifecycle.Cli.Output;

/// <summary>
/// Where all text passes on its way to a terminal. Data, definitions and messages of others may hold what commands a terminal or turns
/// reading round: it is shown as <c>\uXXXX</c>, in lines and tables for people and, where JSON lets it through, in documents, which stay JSON.
/// </summary>
public static class TerminalText
{
    /// <summary>The text, safe to write.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="keepsLines">Whether line feeds and tabs stay; a value within a line keeps neither.</param>
    public static string Safe(string text, bool keepsLines = true) => SafeText.Of(text, keepsLines);

    /// <summary>A console whose tables and markup pass here too; its own colours stay.</summary>
    public static IAnsiConsole Guarded(IAnsiConsole console)
    {
        console.Pipeline.Attach(new Guard());
        return console;
    }

    private sealed class Guard : IRenderHook
    {
        public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) => renderables.Select(inner => new SafeRenderable(inner));
    }

    private sealed class SafeRenderable(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth)
            .Select(segment => segment.IsControlCode || segment.IsLineBreak ? segment : new Segment(Safe(segment.Text), segment.Style));
    }
}
