using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Kinds;

/// <summary>Reads and writes a record by the kinds that its list has at that moment.</summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class KindConverter<T> : JsonConverter<T>
    where T : class, IHasKinds<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonObject document = JsonSerializer.Deserialize<JsonObject>(ref reader, options) ?? throw new JsonException($"It is null, expected a {typeof(T).Name}.");
        string? name = TakeName(document);
        Kind kind = T.Kinds.All.FirstOrDefault(known => known.Name == name) ?? throw new JsonException(
            $"Member '{T.Kinds.Discriminator}' is {(name is null ? "missing" : $"'{name}'")}, expected one of {string.Join(", ", T.Kinds.All.Select(known => known.Name))}.");
        return (T)document.Deserialize(kind.Type, options)!;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        JsonObject members = JsonSerializer.SerializeToNode(value, value.GetType(), options)!.AsObject();
        writer.WriteStartObject();
        writer.WriteString(T.Kinds.Discriminator, T.Kinds.NameOf(value));
        foreach ((string name, JsonNode? member) in members)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, member, options);
        }

        writer.WriteEndObject();
    }

    private static string? TakeName(JsonObject document)
    {
        if (!document.TryGetPropertyValue(T.Kinds.Discriminator, out JsonNode? named))
        {
            return T.Kinds.Default;
        }

        string? name = named is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : throw new JsonException($"Member '{T.Kinds.Discriminator}' is no text, expected one of {string.Join(", ", T.Kinds.All.Select(known => known.Name))}.");
        document.Remove(T.Kinds.Discriminator);
        return name;
    }
}
