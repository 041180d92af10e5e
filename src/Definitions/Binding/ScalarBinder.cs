using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lifecycle.Definitions.Problems;
using Lifecycle.Definitions.Yaml;
using Lifecycle.Domain.Names;

namespace Lifecycle.Definitions.Binding;

/// <summary>
/// Turns single values into JSON by the type that is wanted, never by how they look: a version <c>1.10</c> wanted as text
/// stays text. Dates are <c>2020-05-31</c>, durations <c>90s</c>, <c>15m</c>, <c>36h</c> or <c>7d</c>.
/// </summary>
internal sealed partial class ScalarBinder(DefinitionProblems problems)
{
    /// <summary>What a value of this type looks like, for messages.</summary>
    public static string NounOf(Type type, OptionRange? range) => type switch
    {
        _ when type == typeof(string) => "text",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(DateOnly) => "a date such as 2020-05-31",
        _ when type == typeof(TimeSpan) => "a duration such as 90s, 15m, 36h or 7d",
        _ when type == typeof(int) || type == typeof(long) => $"a whole number{Within(range)}",
        _ when type == typeof(double) => $"a number{Within(range)}",
        _ when type.IsEnum => $"one of {string.Join(", ", NamesOf(type))}",
        _ => throw new NotSupportedException($"model.yaml has no notation for {type.Name}; add one to {nameof(ScalarBinder)}"),
    };

    /// <summary>Names of an enum's values as model.yaml writes them.</summary>
    public static IEnumerable<string> NamesOf(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName);

    /// <summary>The JSON of a value, or null after a problem.</summary>
    public JsonNode? Bind(YamlScalar scalar, Slot slot)
    {
        if (slot.Type.IsEnum)
        {
            return BindName(scalar, slot.Path, [.. NamesOf(slot.Type)]);
        }

        JsonNode? bound = Parse(scalar.Value, slot);
        if (bound is null)
        {
            problems.Add(scalar.Line, $"'{slot.Path}' is {scalar.Noun}; expected {slot.Noun}");
        }

        return bound;
    }

    /// <summary>One of the names, or null after a problem.</summary>
    public string? BindName(YamlNode node, string path, string[] names)
    {
        if (node is YamlScalar { IsNull: false } scalar)
        {
            if (names.Contains(scalar.Value, StringComparer.Ordinal))
            {
                return scalar.Value;
            }

            if (NearestName.Of(scalar.Value, names) is { } nearest)
            {
                problems.Add(node.Line, $"'{path}' is '{scalar.Value}'; did you mean '{nearest}'?");
                return null;
            }
        }

        problems.Add(node.Line, $"'{path}' is {node.Noun}; expected one of {string.Join(", ", names)}");
        return null;
    }

    private static JsonNode? Parse(string text, Slot slot) => slot.Type switch
    {
        var type when type == typeof(string) => text,
        var type when type == typeof(bool) => text is "true" or "false" ? text == "true" : null,
        var type when type == typeof(DateOnly) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null,
        var type when type == typeof(TimeSpan) => Duration(text) is { } duration ? duration.ToString("c", CultureInfo.InvariantCulture) : null,
        var type when type == typeof(double) => Number(text, slot.Range),
        _ => WholeNumber(text, slot),
    };

    private static JsonNode? Number(string text, OptionRange? range) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
        && range?.Contains(number) != false
            ? number
            : null;

    private static JsonNode? WholeNumber(string text, Slot slot) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        && (slot.Type == typeof(long) || number is >= int.MinValue and <= int.MaxValue)
        && slot.Range?.Contains(number) != false
            ? number
            : null;

    private static TimeSpan? Duration(string text)
    {
        Match match = DurationNotation().Match(text);
        if (!match.Success)
        {
            return null;
        }

        int count = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["unit"].Value switch
        {
            "s" => TimeSpan.FromSeconds(count),
            "m" => TimeSpan.FromMinutes(count),
            "h" => TimeSpan.FromHours(count),
            _ => TimeSpan.FromDays(count),
        };
    }

    private static string Within(OptionRange? range) => range switch
    {
        null or { Minimum: double.MinValue } => "",
        { } bounds => string.Create(CultureInfo.InvariantCulture, $" from {bounds.Minimum} to {bounds.Maximum}"),
    };

    [GeneratedRegex("^(?<count>[1-9][0-9]{0,5})(?<unit>[smhd])$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationNotation();
}
