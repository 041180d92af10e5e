using System.Globalization;

namespace Lifecycle.Data.Tables;

/// <summary>Quotes values and names for DuckDB's SQL.</summary>
internal static class Sql
{
    /// <summary>A text literal.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A list of text literals.</summary>
    public static string Literals(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Literal))}]";

    /// <summary>
    /// A number, to the last bit: a bare literal such as 0.9999999999999999 would be a decimal, and lose it in the comparison
    /// with a double.
    /// </summary>
    public static string Number(double number) => $"{Literal(number.ToString("R", CultureInfo.InvariantCulture))}::DOUBLE";

    /// <summary>A moment, as a timestamp in UTC to the microsecond.</summary>
    public static string Time(DateTimeOffset time) =>
        $"TIMESTAMP '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}'";

    /// <summary>A column or variable name.</summary>
    public static string Name(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
