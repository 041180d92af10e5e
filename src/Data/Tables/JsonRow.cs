using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Lifecycle.Data.Tables;

/// <summary>A JSON object as a row of texts.</summary>
internal static class JsonRow
{
    /// <summary>The columns that are wanted; one that holds a list or an object is a fault of the row.</summary>
    public static TextRecord Of(TextSource source, long line, JsonElement row, ImmutableArray<string> wanted)
    {
        string?[] fields = new string?[wanted.Length];
        string? fault = null;
        foreach (JsonProperty property in row.EnumerateObject())
        {
            string? text = Text(source, line, property);
            if (wanted.IndexOf(property.Name) is >= 0 and var at)
            {
                fields[at] = text;
                fault ??= property.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object
                    ? $"column '{ShownText.Of(property.Name)}' holds a list or an object; expected a text, a number, true, false or null"
                    : null;
            }
        }

        return new TextRecord(line, [.. fields], fault);
    }

    private static string? Text(TextSource source, long line, JsonProperty property)
    {
        string? text;
        try
        {
            text = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => property.Value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            throw source.Refuse(line, $"column '{ShownText.Of(property.Name)}' holds half a surrogate pair, which is no text");
        }

        return text switch
        {
            { Length: > TableBounds.CellCharacters } => throw source.Refuse(
                line, string.Create(CultureInfo.InvariantCulture, $"column '{ShownText.Of(property.Name)}' is longer than {TableBounds.CellCharacters} characters")),
            { } found when found.Contains('\0', StringComparison.Ordinal) => throw source.Refuse(line, $"column '{ShownText.Of(property.Name)}' holds a NUL, which no text has"),
            _ => text,
        };
    }
}
