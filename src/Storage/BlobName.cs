using Lifecycle.Domain.Names;

namespace Lifecycle.Storage;

/// <summary>
/// The allow-list of the names that we give to blobs: segments of ASCII letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, joined by single
/// slashes, none beginning with a dot. Stores accept more (the emulator even NUL and right-to-left marks), so it is asked
/// of every name before something is written under it. What others wrote is read by <see cref="Domain.Names.BlobNames"/>.
/// </summary>
public static class BlobName
{
    /// <summary>Longest name, in characters.</summary>
    public const int MaximumLength = 512;

    /// <summary>Whether <paramref name="name"/> is allowed.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaximumLength && name.Split('/').All(IsSegment);

    /// <summary>Returns <paramref name="name"/>, or says what is wrong with it.</summary>
    /// <exception cref="ArgumentException">It is not allowed.</exception>
    public static string Require(string name) => IsValid(name)
        ? name
        : throw new ArgumentException(
            $"The blob name {PlainName.Describe(name)} is not allowed: use segments of ASCII letters, digits, '.', '_' and '-', "
            + $"none beginning with '.', joined by '/', at most {MaximumLength} characters.");

    /// <summary>Whether <paramref name="segment"/> may stand between slashes: also the rule for file names in a publication.</summary>
    public static bool IsSegment(string segment) =>
        segment.Length > 0
        && segment[0] != '.'
        && segment.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');
}
