using System.Buffers;
using System.Text;
using System.Text.Json;
using Lifecycle.LocalEngine.Notation;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>Finds the registered type of a search attribute by its name; null where it is not registered.</summary>
public delegate IndexedValueType? SearchAttributeTypes(string name);

/// <summary>
/// The search attributes of a run or a schedule as the JSON object that queries look into
/// (<see cref="AttributeColumn.JsonMember"/>): values checked against their types and brought into comparable form.
/// Attributes set to null are left out.
/// </summary>
public static class SearchAttributeDocument
{
    /// <summary>Checks the attributes and writes the object; <c>{}</c> for none.</summary>
    /// <exception cref="InvalidSearchAttributeException">An attribute is unknown, derived, or of another type.</exception>
    public static string Write(SearchAttributes? attributes, string namespaceName, SearchAttributeTypes types)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, payload) in attributes?.IndexedFields ?? [])
            {
                Write(json, name, payload, TypeOf(name, namespaceName, types));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static IndexedValueType TypeOf(string name, string namespaceName, SearchAttributeTypes types) =>
        SystemAttributes.Derived.ContainsKey(name)
            ? throw new InvalidSearchAttributeException($"{name} attribute can't be set in SearchAttributes")
            : types(name) ?? throw new InvalidSearchAttributeException(
                $"Namespace {namespaceName} has no mapping defined for search attribute {name}");

    private static void Write(Utf8JsonWriter json, string name, Payload payload, IndexedValueType type)
    {
        if (IsNothing(payload))
        {
            return;
        }

        using var document = Read(name, payload, type);
        var value = document.RootElement;
        if (value is { ValueKind: JsonValueKind.Array } && type != IndexedValueType.KeywordList && value.GetArrayLength() == 1)
        {
            value = value[0];
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        json.WritePropertyName(name);
        if (!TryWriteValue(json, value, type))
        {
            throw Invalid(name, type, Shown(value));
        }
    }

    private static bool TryWriteValue(Utf8JsonWriter json, JsonElement value, IndexedValueType type)
    {
        switch (type, value.ValueKind)
        {
            case (IndexedValueType.Keyword, JsonValueKind.String):
            case (IndexedValueType.Double, JsonValueKind.Number):
            case (IndexedValueType.Int, JsonValueKind.Number) when value.TryGetInt64(out _):
            case (IndexedValueType.KeywordList, JsonValueKind.Array) when value.EnumerateArray().All(IsText):
                value.WriteTo(json);
                return true;
            case (IndexedValueType.Bool, JsonValueKind.True or JsonValueKind.False):
                json.WriteNumberValue(value.GetBoolean() ? 1 : 0);
                return true;
            case (IndexedValueType.Datetime, JsonValueKind.String) when TimestampText.TryParse(value.GetString()!) is { } time:
                json.WriteNumberValue(ColumnTime.From(time));
                return true;
            case (IndexedValueType.Text, JsonValueKind.String):
                JsonSerializer.Serialize(json, TextWords.Of(value.GetString()!));
                return true;
            default:
                return false;
        }
    }

    // How clients write the null that unsets an attribute.
    private static bool IsNothing(Payload payload) =>
        payload.Metadata.TryGetValue("encoding", out var encoding) && encoding.ToStringUtf8() == "binary/null";

    private static bool IsText(JsonElement element) => element.ValueKind == JsonValueKind.String;

    private static JsonDocument Read(string name, Payload payload, IndexedValueType type)
    {
        try
        {
            return JsonDocument.Parse(payload.Data.Memory);
        }
        catch (JsonException)
        {
            throw Invalid(name, type, $"{payload.Data.Length} bytes that are not JSON");
        }
    }

    private static string Shown(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? $"[{string.Join(' ', value.EnumerateArray())}]"
        : value.ToString();

    private static InvalidSearchAttributeException Invalid(string name, IndexedValueType type, string value) =>
        new($"invalid value for search attribute {name} of type {type}: {value}");
}
