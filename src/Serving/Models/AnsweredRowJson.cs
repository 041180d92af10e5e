using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Serving.Models;

/// <summary>Writes a row and its answer as one object. Answers are printed, never read.</summary>
internal sealed class AnsweredRowJson : JsonConverter<AnsweredRow>
{
    /// <inheritdoc/>
    public override AnsweredRow Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("The document of an answer does not hold the model's schema, so it cannot be read back.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, AnsweredRow value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Line is { } line)
        {
            writer.WriteNumber("line", line);
        }

        WriteInputs(writer, value.Schema.Columns, value);
        WriteText(writer, "scored", value.Scored);
        if (value.Prediction is { } prediction)
        {
            foreach (JsonProperty member in JsonSerializer.SerializeToElement(prediction, options).EnumerateObject())
            {
                member.WriteTo(writer);
            }
        }

        if (value.Explanation is { } explanation)
        {
            writer.WritePropertyName("explanation");
            JsonSerializer.Serialize(writer, explanation, options);
        }

        WriteText(writer, "refusal", value.Refusal);
        writer.WriteEndObject();
    }

    private static void WriteInputs(Utf8JsonWriter writer, ImmutableArray<InputColumn> columns, AnsweredRow value)
    {
        if (value.Schema.OnlyText is not null)
        {
            WriteText(writer, "input", value.Given[0]);
            return;
        }

        writer.WriteStartObject("inputs");
        for (int i = 0; i < columns.Length; i++)
        {
            WriteText(writer, columns[i].Name, value.Given[i]);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}
