using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lifecycle.Conformance.Tests.Histories;

/// <summary>
/// Replaces what differs between any two runs: identifiers by the order in which they appear, times, sizes and stack
/// traces by their kind. Members that are known to differ are left out before anything is counted.
/// </summary>
internal sealed partial class Scrubber(ImmutableArray<KnownDifference> known)
{
    private static readonly ImmutableHashSet<string> Dropped = ["taskId", "version", "eventTime"];
    private static readonly ImmutableHashSet<string> Sets = ["coreUsedFlags", "langUsedFlags"];
    private static readonly ImmutableDictionary<string, string> Replaced = ImmutableDictionary.CreateRange<string, string>(
    [
        new("historySizeBytes", "<bytes>"), new("stackTrace", "<stack>"), new("executionDuration", "<duration>"), new("identity", "<identity>"),
        new("requestId", "<request>"),
    ]);

    private readonly Dictionary<string, string> identifiers = [];

    /// <summary>A scrubbed copy of JSON.</summary>
    public JsonNode? Scrub(JsonNode? json) => Scrubbed(json, eventType: "");

    /// <summary>Scrubbed text.</summary>
    public string Scrub(string text) => Time().Replace(Identifier().Replace(text, match => Named(match.Value)), "<time>");

    private JsonNode? Scrubbed(JsonNode? node, string eventType) => node switch
    {
        null => null,
        JsonObject members => Scrubbed(members, EventType(members) ?? eventType),
        JsonArray items => new JsonArray([.. items.Select(item => Scrubbed(item, eventType))]),
        JsonValue value when value.TryGetValue<string>(out var text) => Scrub(text),
        _ => node.DeepClone(),
    };

    // A message that holds nothing but known differences is one itself.
    private JsonObject? Scrubbed(JsonObject members, string eventType)
    {
        var kept = members
            .Where(member => !Dropped.Contains(member.Key) && !known.Any(difference => difference.Covers(eventType, member.Key)))
            .Select(member => KeyValuePair.Create(Scrub(member.Key), Scrubbed(member.Key, member.Value, eventType)))
            .Where(member => member.Value is not null)
            .ToList();
        return kept.Count == 0 && members.Count > 0 ? null : new(kept);
    }

    private JsonNode? Scrubbed(string name, JsonNode? value, string eventType) => name switch
    {
        _ when Replaced.TryGetValue(name, out var replacement) => replacement,
        _ when Sets.Contains(name) => new JsonArray([.. value!.AsArray().OrderBy(item => item!.GetValue<int>()).Select(item => item!.DeepClone())]),
        "data" => Scrubbed(Readable(value), eventType),
        _ => Scrubbed(value, eventType),
    };

    private static string? EventType(JsonObject members) =>
        members["eventType"]?.GetValue<string>() is ['E', 'V', 'E', 'N', 'T', ..] type ? type["EVENT_TYPE_".Length..] : null;

    // Payloads hold JSON as base64: a difference in them should be readable, and times in them are times too.
    private static JsonNode? Readable(JsonNode? data) =>
        data is JsonValue value && value.TryGetValue<string>(out var text) ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : data;

    private string Named(string identifier)
    {
        if (!identifiers.TryGetValue(identifier, out var name))
        {
            identifiers[identifier] = name = $"<id-{identifiers.Count + 1}>";
        }

        return name;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex("""\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|\{"seconds":\d+,"nanos":\d+\}""", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Time();
}
