using System.Text.RegularExpressions;

namespace Lifecycle.Definitions.Drafts;

/// <summary>Writes names and values into YAML and SQL.</summary>
internal static partial class DraftText
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase) { "null", "true", "false", "yes", "no", "on", "off", "y", "n" };

    /// <summary>A text as a YAML scalar.</summary>
    public static string Yaml(string text) => Plain().IsMatch(text) && !Words.Contains(text) ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Whether a text fits on a line of the definition.</summary>
    public static bool IsShortLine(string text) => text.Length <= 100 && !text.Any(char.IsControl);

    /// <summary>A list of texts as YAML.</summary>
    public static string Yaml(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Yaml))}]";

    /// <summary>A text in SQL.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A column's name in SQL.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>An enum's member as definitions spell it.</summary>
    public static string Camel(Enum value) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_-]*\z")]
    private static partial Regex Plain();
}
