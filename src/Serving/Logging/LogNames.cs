using System.Globalization;
using Lifecycle.Domain.Names;

namespace Lifecycle.Serving.Logging;

/// <summary>Names of the log's blobs: <c>predictions/&lt;model&gt;/&lt;day&gt;/&lt;sha256&gt;.parquet</c>, and <c>labels/…</c> alike.</summary>
internal static class LogNames
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string Extension = ".parquet";

    /// <summary>Prefix of a model's predictions.</summary>
    public static string Predictions(string model) => $"predictions/{PlainName.Require(model, "model")}/";

    /// <summary>Prefix of a model's labels.</summary>
    public static string Labels(string model) => $"labels/{PlainName.Require(model, "model")}/";

    /// <summary>Prefix of a day's parts.</summary>
    public static string Day(string prefix, DateOnly day) => $"{prefix}{day.ToString(DayFormat, CultureInfo.InvariantCulture)}/";

    /// <summary>A part's name.</summary>
    public static string Part(string prefix, DateOnly day, string sha256) => $"{Day(prefix, day)}{sha256}{Extension}";

    /// <summary>Reads a name back; null for a blob that is no part of the log.</summary>
    public static (DateOnly Day, string Sha256)? Parse(string name)
    {
        string[] segments = name.Split('/');
        return segments is [.., var day, var file]
            && DateOnly.TryParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly parsed)
            && file.EndsWith(Extension, StringComparison.Ordinal)
            && file[..^Extension.Length] is { Length: 64 } digest
            && digest.All(char.IsAsciiHexDigitLower)
                ? (parsed, digest)
                : null;
    }
}
