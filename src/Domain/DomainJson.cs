using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain;

/// <summary>
/// The one JSON dialect of the product: camelCase names, enums as their names, case-insensitive reading.
/// Workflow inputs, payloads, blobs and <c>--json</c> output all use it, so that what a person types for the
/// <c>temporal</c> command line is what the records say.
/// </summary>
public static class DomainJson
{
    /// <summary>Compact form, for payloads and digested documents.</summary>
    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    /// <summary>Indented form, for files that people read.</summary>
    public static JsonSerializerOptions Indented { get; } = Create(indented: true);

    private static JsonSerializerOptions Create(bool indented)
    {
        JsonSerializerOptions options = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            PropertyNameCaseInsensitive = true,
            WriteIndented = indented,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new JsonStringEnumConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
