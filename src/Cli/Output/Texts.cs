using System.Globalization;
using Lifecycle.Client;
using Lifecycle.Domain;
using Spectre.Console;

namespace Lifecycle.Cli.Output;

/// <summary>How values are written for people.</summary>
public static class Texts
{
    /// <summary>A digest, shortened.</summary>
    public static string Short(string digest) => Sha256Digest.Short(digest);

    /// <summary>How something ended and why, in a line; a reason that begins with the verdict says it alone.</summary>
    public static string Ended(string verdict, string reason) => reason.StartsWith($"{verdict}:", StringComparison.Ordinal) ? reason : $"{verdict}. {reason}";

    /// <summary>A duration in the unit that fits.</summary>
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "",
        { TotalSeconds: < 10 } value => string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.0} s"),
        { TotalMinutes: < 2 } value => string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0} s"),
        { } value => string.Create(CultureInfo.InvariantCulture, $"{value.TotalMinutes:0.0} min"),
    };

    /// <summary>Writes a line unwrapped, so that a script and a person see the same; what could command the terminal is escaped.</summary>
    public static void Line(this IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(TerminalText.Safe(line));

    /// <summary>A value from outside, cut, with control characters written as escapes, line breaks among them: it stays on its line.</summary>
    /// <param name="value">The value.</param>
    /// <param name="maximumLength">Characters to show.</param>
    public static string Visible(string value, int maximumLength = 80) => SafeText.Cut(value, maximumLength);

    /// <summary>A table in the product's look.</summary>
    public static Table Table(params string[] columns)
    {
        Table table = new() { Border = TableBorder.Rounded };
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        return table;
    }
}
