using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Lifecycle.Domain.Data;

namespace Lifecycle.Data.Tables;

/// <summary>A JSON object as a row of texts.</summary>
internal static class JsonRow
{
    /// <summary>The columns that are wanted; one that holds a list or an object, or another kind of value than its type, is a fault of the row.</summary>
    /// <param name="source">The file.</param>
    /// <param name="line">Where the row begins.</param>
    /// <param name="row">The row.</param>
    /// <param name="wanted">Names of the columns.</param>
    /// <param name="types">Their types; empty where every column is read as text.</param>
    public static TextRecord Of(TextSource source, long line, JsonElement row, ImmutableArray<string> wanted, ImmutableArray<TypedColumn> types)
    {
        string?[] fields = new string?[wanted.Length];
        string? fault = null;
        foreach (JsonProperty property in row.EnumerateObject())
        {
            string? text = Text(source, line, property);
            if (wanted.IndexOf(property.Name) is >= 0 and var at)
            {
                fields[at] = text;
                fault ??= FaultOf(property, types is [] ? null : types[at].Type);
            }
        }

        return new TextRecord(line, [.. fields], fault);
    }

    /// <summary>Why a value is none of its column's type; null where it is one, or where no type is told.</summary>
    public static string? FaultOf(JsonProperty property, ColumnType? type) => Expected(property.Value.ValueKind, type) is { } expected
        ? $"column '{ShownText.Of(property.Name)}' holds {Found(property.Value)}; expected {expected}"
        : null;

    private static string? Expected(JsonValueKind kind, ColumnType? type) => (kind, type) switch
    {
        (JsonValueKind.Null, _) => null,
        (JsonValueKind.Array or JsonValueKind.Object, _) => "a text, a number, true, false or null",
        (not JsonValueKind.String, ColumnType.Text or ColumnType.Timestamp) => "a text, in quotes",
        (not JsonValueKind.Number, ColumnType.Number or ColumnType.Integer) => "a number, without quotes",
        (JsonValueKind.String, ColumnType.Boolean) => "true or false, without quotes",
        _ => null,
    };

    private static string Found(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array or JsonValueKind.Object ? "a list or an object" : ShownText.Of(value.GetRawText());

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
