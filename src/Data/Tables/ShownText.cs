using System.Globalization;
using System.Text;

namespace Lifecycle.Data.Tables;

/// <summary>Foreign text in messages: short, on one line, and without control characters.</summary>
internal static class ShownText
{
    private const int MaximumCharacters = 40;
    private const int MaximumNames = 10;

    /// <summary>A value, cut, with control characters as their code points.</summary>
    public static string Of(string text)
    {
        StringBuilder shown = new();
        foreach (char character in text.AsSpan(0, Math.Min(text.Length, MaximumCharacters)))
        {
            _ = char.IsControl(character) || char.IsSurrogate(character)
                ? shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}")
                : shown.Append(character);
        }

        return text.Length > MaximumCharacters ? shown.Append('…').ToString() : shown.ToString();
    }

    /// <summary>The first names of a list, and how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> names)
    {
        string first = string.Join(", ", names.Take(MaximumNames).Select(Of));
        return names.Count <= MaximumNames ? first : string.Create(CultureInfo.InvariantCulture, $"{first} and {names.Count - MaximumNames} more");
    }
}
