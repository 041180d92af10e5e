using System.Globalization;
using System.Text;
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
    public static string Safe(string text, bool keepsLines = true)
    {
        StringBuilder safe = new(text.Length);
        for (int at = 0; at < text.Length;)
        {
            bool isRune = Rune.TryGetRuneAt(text, at, out Rune rune);
            int length = isRune ? rune.Utf16SequenceLength : 1;
            if (isRune && ((keepsLines && rune.Value is '\n' or '\t') || !IsCommand(rune)))
            {
                safe.Append(text, at, length);
            }
            else
            {
                Escape(safe, text.AsSpan(at, length));
            }

            at += length;
        }

        return safe.ToString();
    }

    /// <summary>A console whose tables and markup pass here too; its own colours stay.</summary>
    public static IAnsiConsole Guarded(IAnsiConsole console)
    {
        console.Pipeline.Attach(new Guard());
        return console;
    }

    // Controls, and what nobody sees but which changes what is seen: direction, joining, tags, separators of lines.
    private static bool IsCommand(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static void Escape(StringBuilder safe, ReadOnlySpan<char> units)
    {
        foreach (char unit in units)
        {
            safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }
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
