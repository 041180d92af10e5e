using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Lifecycle.Domain.Names;

/// <summary>
/// Names of blobs that others put into the container: all that Azure Blob Storage allows, but what a listing or an address cannot carry
/// unchanged. Names that the product gives are narrower: <c>Lifecycle.Storage.BlobName</c>.
/// </summary>
public static class BlobNames
{
    /// <summary>Longest name or prefix, in characters.</summary>
    public const int MaximumLength = 1024;

    /// <summary>Most parts between slashes.</summary>
    public const int MaximumParts = 254;

    /// <summary>The product's own top folders in the container: what it wrote itself, which no request may have read as rows.</summary>
    public static ImmutableArray<string> OwnFolders { get; } =
        ["alerts", "artifacts", "channels", "drift", "holdouts", "imports", "labels", "predictions", "publications", "reports", "requests", "rollbacks", "scores", "sensors", "snapshots"];

    /// <summary>What is wrong with a name, in words that follow it; null when nothing is.</summary>
    public static string? ProblemOf(string name) =>
        name.EndsWith('.') ? "ends with a full stop" : name.EndsWith('/') ? "ends with a slash" : TextProblem(name);

    /// <summary>What is wrong with a prefix by which a request names rows, in words that follow it; null when nothing is.</summary>
    public static string? PrefixProblemOf(string prefix) => TextProblem(prefix) ?? OwnProblem(prefix);

    private static string? TextProblem(string text)
    {
        if (text.Length is 0 or > MaximumLength)
        {
            return text.Length == 0 ? "is empty" : string.Create(CultureInfo.InvariantCulture, $"has {text.Length} characters, and may have {MaximumLength}");
        }

        string[] parts = text.Split('/');
        if (parts.Length > MaximumParts)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {parts.Length} parts between slashes, and may have {MaximumParts}");
        }

        // An address with such a part is another address: it is resolved before it is sent.
        if (parts.Any(part => part is "." or ".."))
        {
            return "has a part that is '.' or '..'";
        }

        return text.Contains('\\', StringComparison.Ordinal) ? "has a backslash" : CharacterProblem(text);
    }

    private static string? CharacterProblem(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out Rune rune, out int length) != System.Buffers.OperationStatus.Done)
            {
                return "holds half of a surrogate pair";
            }

            if (Rune.IsControl(rune) || (rune.Value & 0xfffe) == 0xfffe)
            {
                return $"holds U+{rune.Value:X4}, which a listing of blobs cannot show";
            }

            at += length;
        }

        return null;
    }

    private static string? OwnProblem(string prefix) =>
        OwnFolders.FirstOrDefault(folder => prefix.StartsWith(folder + "/", StringComparison.Ordinal) || (folder + "/").StartsWith(prefix, StringComparison.Ordinal)) is { } own
            ? $"reaches {own}/, which the product keeps for itself; put the rows under a folder of their own, such as incoming/"
            : null;
}
