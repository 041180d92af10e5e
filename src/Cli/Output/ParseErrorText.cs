using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Lifecycle.Cli.Output;

/// <summary>What is said of a command line that cannot be read: the option, what was found, and what was expected, in a user's words.</summary>
public static partial class ParseErrorText
{
    /// <summary>One sentence about <paramref name="error"/>, and where the help is.</summary>
    public static string Of(ParseError error) => $"{Sentence(error).TrimEnd('.')}. See 'lifecycle --help'.";

    private static string Sentence(ParseError error)
    {
        Match match = Conversion().Match(error.Message);
        if (!match.Success)
        {
            return error.Message;
        }

        (string value, string place) = (match.Groups["value"].Value, match.Groups["place"].Value);
        return $"{place} is '{value}', expected {Expected(TypeOf(error.SymbolResult))}";
    }

    // An option's value is an argument inside it, which says nothing about its type to the outside.
    private static Type? TypeOf(SymbolResult? result) => result switch
    {
        OptionResult option => option.Option.ValueType,
        ArgumentResult { Parent: OptionResult option } => option.Option.ValueType,
        ArgumentResult argument => argument.Argument.ValueType,
        _ => null,
    };

    private static string Expected(Type? type)
    {
        Type? single = type is { IsArray: true } ? type.GetElementType() : type;
        single = single is null ? null : Nullable.GetUnderlyingType(single) ?? single;
        return single switch
        {
            { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(single))}",
            _ when single == typeof(int) || single == typeof(long) => "a whole number",
            _ when single == typeof(double) => "a number such as 0.05",
            _ when single == typeof(bool) => "true or false",
            _ when single == typeof(DateOnly) => "a day such as 2024-03-01",
            _ when single == typeof(DateTimeOffset) => "a day or a time with its zone, such as 2024-03-01 or 2024-03-01T12:00:00Z",
            _ when single == typeof(FileInfo) => "the path of a file",
            _ when single == typeof(DirectoryInfo) => "the path of a folder",
            _ => "another value",
        };
    }

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for (option|command) '(?<place>[^']*)' as expected type '", RegexOptions.Singleline)]
    private static partial Regex Conversion();
}
