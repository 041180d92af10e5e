using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Inputs;

/// <summary>
/// A row of inputs as one text, as the prediction log and batches hold it. Of a model of one text it is that text, as it was given; of any
/// other it is a JSON object of the columns in the schema's order, null where a value is missing, without blanks: the same row is the same
/// text. Format: docs/formats/prediction-log.md.
/// </summary>
public static class RowText
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 2 };

    /// <summary>The texts of rows, in their order.</summary>
    public static ImmutableArray<string> Of(InputRows rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(row => Of(rows.Schema, [.. rows.Columns.Select(values => GivenValue.Of(values, row))], given: []))];

    /// <summary>The text of a row as it was given; a value that cannot be read stands in it as it was written, and is refused again when it is read.</summary>
    /// <param name="schema">What the model reads.</param>
    /// <param name="given">The values, in the order of the schema; null where one is missing.</param>
    public static string Of(InputSchema schema, ImmutableArray<string?> given) => Of(schema, [.. schema.Columns.Zip(given, GivenValue.Read)], given);

    /// <summary>
    /// Reads rows back, in their order. One that does not fit the schema (no object, a column missing that may not be, a value of another
    /// type) has a fault; columns that the schema does not have are passed over, since an earlier model may have read more.
    /// </summary>
    public static GivenRows Read(InputSchema schema, IEnumerable<string> texts)
    {
        GivenRowsBuilder rows = new(schema);
        foreach (string text in texts)
        {
            (ImmutableArray<string?> given, string? fault) = schema.OnlyText is not null ? ([text], null) : ReadObject(schema, text);
            rows.Add(line: null, given, fault);
        }

        return rows.ToRows();
    }

    /// <summary>The text of a row that was read already.</summary>
    internal static string Of(InputSchema schema, ReadOnlySpan<GivenValue> values, ImmutableArray<string?> given)
    {
        if (schema.OnlyText is not null)
        {
            return values[0].Text ?? "";
        }

        StringBuilder text = new("{");
        for (int place = 0; place < values.Length; place++)
        {
            Quote(place == 0 ? text : text.Append(','), schema.Columns[place].Name).Append(':');
            _ = values[place].Fault is not null && given[place] is { } written ? Quote(text, written) : Append(text, schema.Columns[place], values[place]);
        }

        return text.Append('}').ToString();
    }

    private static StringBuilder Append(StringBuilder text, InputColumn column, GivenValue value) => (column.Type, value) switch
    {
        (_, { IsPresent: false }) => text.Append("null"),
        (InputType.Number, { Number: var number }) => text.Append(
            float.IsFinite(number) ? (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture) : number > 0 ? "1e999" : "-1e999"),
        (InputType.Boolean, { Integer: 0 or 1 }) => text.Append(value.Integer == 1 ? "true" : "false"),
        (InputType.Timestamp, _) when ClockOf(value.Integer) is { } clock => text.Append('"').Append(clock).Append(column.Zone == InputZone.Local ? "\"" : "Z\""),
        (InputType.Integer or InputType.Boolean or InputType.Timestamp, _) => text.Append(CultureInfo.InvariantCulture, $"{value.Integer}"),
        _ => Quote(text, value.Text!),
    };

    // Beyond the calendar there is no clock; the number that stands instead is refused as no time.
    private static string? ClockOf(long microseconds)
    {
        Int128 ticks = ((Int128)microseconds * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime((long)ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)
            : null;
    }

    // Only what JSON must escape is: the text of a row does not change with a library's tables.
    private static StringBuilder Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char character in value)
        {
            _ = character switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => text.Append(character),
            };
        }

        return text.Append('"');
    }

    private static (ImmutableArray<string?> Given, string? Fault) ReadObject(InputSchema schema, string text)
    {
        string?[] given = new string?[schema.Columns.Length];
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Strict);
            string? fault = document.RootElement.ValueKind == JsonValueKind.Object ? ReadColumns(schema, document.RootElement, given) : NoObject(schema, text);
            return ([.. given], fault);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or ArgumentException)
        {
            return ([.. given], NoObject(schema, text));
        }
    }

    private static string? ReadColumns(InputSchema schema, JsonElement row, string?[] given)
    {
        string? fault = null;
        foreach (JsonProperty property in row.EnumerateObject())
        {
            if (schema.IndexOf(property.Name) is >= 0 and var place)
            {
                given[place] = property.Value.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.String => property.Value.GetString(),
                    _ => property.Value.GetRawText(),
                };
                fault ??= JsonRow.FaultOf(property, TypedColumn.Of(schema.Columns[place]).Type);
            }
        }

        return fault;
    }

    private static string NoObject(InputSchema schema, string text) =>
        $"'{ShownText.Of(text)}' is no row of this model; expected a JSON object of {ShownText.Names([.. schema.Columns.Select(column => column.Name)])}";
}
