using System.Globalization;
using System.Text;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>Quotes hostile text in a message: short, printable ASCII, and the same on every terminal.</summary>
internal static class InputQuote
{
    private const int MaximumCharacters = 40;

    public static string Of(string? text)
    {
        if (text is null)
        {
            return "missing";
        }

        StringBuilder quote = new("'");
        foreach (char character in text.AsSpan(0, Math.Min(text.Length, MaximumCharacters)))
        {
            _ = character is >= ' ' and <= '~'
                ? quote.Append(character)
                : quote.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }

        return quote.Append(text.Length > MaximumCharacters ? "…'" : "'").ToString();
    }
}
