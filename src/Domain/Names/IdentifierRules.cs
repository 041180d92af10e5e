using System.Text.RegularExpressions;

namespace Lifecycle.Domain.Names;

/// <summary>The alphabets of names that become paths, workflow ids, SQL identifiers or column names.</summary>
public static partial class IdentifierRules
{
    /// <summary>What <see cref="IsSlug"/> accepts, for messages.</summary>
    public const string SlugNoun = "lower-case letters, digits and hyphens, at most 63";

    /// <summary>What <see cref="IsSnapshotId"/> accepts, for messages.</summary>
    public const string SnapshotIdNoun = "letters, digits, dots, hyphens and underscores, at most 63, beginning with a letter or digit";

    /// <summary>What <see cref="IsWord"/> accepts, for messages.</summary>
    public const string WordNoun = "a letter, then letters, digits and underscores, at most 63";

    /// <summary>Names of schedules and sensors. Names of models and channels are narrower: <see cref="PlainName"/>.</summary>
    public static bool IsSlug(string text) => Slug().IsMatch(text);

    /// <summary>Identifiers of DataSnapshots.</summary>
    public static bool IsSnapshotId(string text) => SnapshotId().IsMatch(text);

    /// <summary>Names of columns, slices, parameters and files.</summary>
    public static bool IsWord(string text) => Word().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SnapshotId();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
