using System.Globalization;
using System.Text;

namespace Lifecycle.Publishing.Releases;

/// <summary>The Markdown of model cards.</summary>
internal static class CardText
{
    /// <summary>A paragraph.</summary>
    public static void Line(StringBuilder card, string line) => card.Append(line).Append("\n\n");

    /// <summary>A list, and an empty line after it.</summary>
    public static void List(StringBuilder card, IEnumerable<string> items)
    {
        foreach (string item in items)
        {
            card.Append("- ").Append(item).Append('\n');
        }

        card.Append('\n');
    }

    /// <summary>A row of a table.</summary>
    public static void Row(StringBuilder card, params string[] cells) =>
        card.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    /// <summary>A whole number.</summary>
    public static string Number(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Four digits; says so where there is none.</summary>
    public static string Fraction(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "not defined";

    /// <summary>Names and sentences come from people and data: none of them becomes markup, a new line or a table cell.</summary>
    public static string Text(string text) =>
        string.Join(' ', text.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("`", "'", StringComparison.Ordinal);
}
