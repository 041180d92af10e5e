namespace Lifecycle.Domain.Rows;

/// <summary>The case in which texts are read, as the graph does it: A to Z in lower case, and nothing else changes.</summary>
public static class AsciiCase
{
    /// <summary>The text in lower case; itself where it is.</summary>
    public static string Lower(string text) => text.AsSpan().ContainsAnyInRange('A', 'Z')
        ? string.Create(text.Length, text, static (lower, source) =>
        {
            for (int i = 0; i < lower.Length; i++)
            {
                lower[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
            }
        })
        : text;
}
