using System.Globalization;
using System.Text;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>
/// Normalises host names: IDN to ASCII, lower case, one trailing dot removed, and then the syntax of RFC 1123 section 2.1
/// with at least two labels.
/// </summary>
internal static class HostNames
{
    private const int MaximumLabelCharacters = 63;

    // Std3 rules are checked below, with better messages.
    private static readonly IdnMapping Idn = new();

    // RFC 3490 section 3.1: these are label separators, too.
    private static readonly char[] Dots = ['.', '\u3002', '\uFF0E', '\uFF61'];

    public static InputCheck Normalize(string input)
    {
        if (!Ascii.IsValid(input) && UnmappableCharacter(input) is { } unmappable)
        {
            return Refuse(input, $"holds {unmappable}, which has no place in an international host name");
        }

        string host;
        try
        {
            host = string.Join('.', input.ToLowerInvariant().Split(Dots).Select(ToAscii));
        }
        catch (ArgumentException)
        {
            return Refuse(input, "is not a valid international host name");
        }

        host = host.EndsWith('.') ? host[..^1] : host;
        return SyntaxFault(host) is { } fault ? Refuse(input, fault) : new InputCheck.Accepted(host);
    }

    private static InputCheck.Refused Refuse(string input, string fault) =>
        new($"{InputQuote.Of(input)} {fault}; expected a host name such as example.com");

    private static string? SyntaxFault(string host)
    {
        string[] labels = host.Split('.');
        foreach (string label in labels)
        {
            if (LabelFault(label) is { } fault)
            {
                return fault;
            }
        }

        if (labels.Length == 1)
        {
            return "has a single label, so no domain that it belongs to";
        }

        return labels[^1].All(char.IsAsciiDigit) ? "ends in a number, as an IP address does" : null;
    }

    private static string? LabelFault(string label) => label switch
    {
        "" => "has an empty label",
        { Length: > MaximumLabelCharacters } => $"has a label of {label.Length} characters, more than {MaximumLabelCharacters}",
        _ when label.StartsWith('-') || label.EndsWith('-') => "has a label that begins or ends with a hyphen",
        _ => label.FirstOrDefault(character => !char.IsAsciiLetterOrDigit(character) && character != '-') is var foreign and not '\0'
            ? $"holds the character {InputQuote.Of(foreign.ToString())}"
            : null,
    };

    // What IDNA would have mapped, dropped or refused.
    private static string? UnmappableCharacter(string input)
    {
        foreach (Rune rune in input.EnumerateRunes())
        {
            if (!rune.IsAscii && !IsDot(rune) && (!IsLetterMarkOrDigit(rune) || MappedCharacters.Contains(rune)))
            {
                return $"the character U+{rune.Value:X4}";
            }
        }

        return null;
    }

    private static bool IsDot(Rune rune) => rune.IsBmp && Dots.Contains((char)rune.Value);

    // Label by label: a name that is too long as a whole gets its own message.
    private static string ToAscii(string label) => Ascii.IsValid(label) ? label : Idn.GetAscii(label).ToLowerInvariant();

    private static bool IsLetterMarkOrDigit(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber;
}
