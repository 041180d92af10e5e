namespace Lifecycle.Domain.Names;

/// <summary>
/// The names that identify people, models and channels, and become segments of paths: 1 to 63 lower-case ASCII letters,
/// digits and inner hyphens, the first a letter. ASCII only, so that no two names look alike and differ.
/// </summary>
public static class PlainName
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaximumLength = 63;

    /// <summary>What <see cref="IsValid"/> accepts, for messages.</summary>
    public const string Noun = "lower-case letters, digits and inner hyphens, beginning with a letter, at most 63";

    /// <summary>Whether <paramref name="name"/> is such a name.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= MaximumLength }
        && char.IsAsciiLetterLower(name[0])
        && name[^1] != '-'
        && name.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-');

    /// <summary>Returns <paramref name="name"/>, or says what is wrong with it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="subject">What it names, for the message, such as <c>engineer</c>.</param>
    /// <exception cref="ArgumentException">It is not such a name.</exception>
    public static string Require(string name, string subject) => IsValid(name)
        ? name
        : throw new ArgumentException(
            $"The {subject} name {Describe(name)} is not allowed: use 1 to {MaximumLength} lower-case letters a-z, digits and "
            + "inner hyphens, beginning with a letter.");

    /// <summary>The name for a message: quoted, cut, and with every character outside printable ASCII as its code point.</summary>
    public static string Describe(string? name)
    {
        const int shown = 80;
        IEnumerable<string> runes = (name ?? "").EnumerateRunes()
            .Take(shown)
            .Select(rune => rune.Value is >= 0x20 and < 0x7f ? rune.ToString() : $"[U+{rune.Value:X4}]");
        return $"\"{string.Concat(runes)}\"{(name?.Length > shown ? "..." : "")}";
    }
}
