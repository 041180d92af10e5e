using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain;

/// <summary>
/// The one JSON dialect of the product: camelCase names, enums as their names, case-insensitive reading.
/// Workflow inputs, payloads, blobs and <c>--json</c> output all use it, so that what a person types for the
/// <c>temporal</c> command line is what the records say. Reading keeps to one contract: required members are there, nothing is null
/// where its type says that it is not, also within lists, no member stands twice, and an enum is written by its name.
/// </summary>
public static class DomainJson
{
    /// <summary>Compact form, for payloads and digested documents.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    /// <summary>Indented form, for files that people read.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    /// <summary>Reads a stored record.</summary>
    /// <param name="json">Its bytes.</param>
    /// <param name="name">The blob or file that holds it, for the message.</param>
    /// <exception cref="InvalidDataException">It is not such a record; the message names the blob, and the member.</exception>
    public static T ReadRecord<T>(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            T record = JsonSerializer.Deserialize<T>(json, Compact) ?? throw new JsonException("It is null, expected an object.");
            return record is not System.Collections.IEnumerable || !JsonContract.HasNull(record) ? record : throw new JsonException("The list holds null, expected only values.");
        }
        catch (JsonException defect)
        {
            throw new InvalidDataException($"{name} is malformed: {defect.Message} Restore it from a backup of the store.", defect);
        }
    }

    private static JsonSerializerOptions Create(bool indented)
    {
        JsonSerializerOptions options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            PropertyNameCaseInsensitive = true,
            WriteIndented = indented,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            AllowDuplicateProperties = false,
            TypeInfoResolver = JsonContract.Resolver,
        };
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }
}
