using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Lifecycle.Conformance.Tests.Histories;

/// <summary>JSON as lines of <c>path = value</c> in alphabetical order, so that a difference names its place.</summary>
internal static class JsonLines
{
    public static ImmutableSortedDictionary<string, string> Of(JsonNode? json)
    {
        var lines = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Flatten("", json, lines);
        return lines.ToImmutable();
    }

    private static void Flatten(string path, JsonNode? node, ImmutableSortedDictionary<string, string>.Builder lines)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } members:
                foreach (var (name, value) in members)
                {
                    Flatten(path.Length == 0 ? name : $"{path}.{name}", value, lines);
                }

                break;
            case JsonArray { Count: > 0 } items:
                for (var index = 0; index < items.Count; index++)
                {
                    Flatten($"{path}[{index}]", items[index], lines);
                }

                break;
            default:
                lines[path] = node?.ToJsonString() ?? "null";
                break;
        }
    }
}
