using System.Globalization;
using System.Text;

namespace Lifecycle.Client;

/// <summary>
/// Text of others, made safe to show. Data, definitions and messages may hold what commands a terminal or turns reading round: it is
/// shown as <c>\uXXXX</c>.
/// </summary>
public static class SafeText
{
    /// <summary>The text, safe to write.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="keepsLines">Whether line feeds and tabs stay; a value within a line keeps neither.</param>
    public static string Of(string text, bool keepsLines = true)
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

    /// <summary>A value within a line, cut, with control characters written as escapes, line breaks among them.</summary>
    /// <param name="value">The value.</param>
    /// <param name="maximumLength">Characters to show.</param>
    public static string Cut(string value, int maximumLength) =>
        Of(value.Length <= maximumLength ? value : value[..maximumLength] + "...", keepsLines: false);

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
}
