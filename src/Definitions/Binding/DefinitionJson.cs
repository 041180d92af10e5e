using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Lifecycle.Definitions.Binding;

/// <summary>
/// How the records of the domain appear in model.yaml: camelCase keys and camelCase enum values. The reader, the range
/// table and the JSON Schema all take keys and types from this one contract, so that they cannot disagree.
/// </summary>
internal static class DefinitionJson
{
    /// <summary>The serializer contract.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>The contract of one type.</summary>
    public static JsonTypeInfo Of(Type type) => Options.GetTypeInfo(type);

    /// <summary>What can be written of a record: what it says about itself for the program's own use is no key.</summary>
    public static IEnumerable<JsonPropertyInfo> KeysOf(JsonTypeInfo contract) =>
        contract.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null);

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }
}
