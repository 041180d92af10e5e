using System.Globalization;
using System.Text.RegularExpressions;

namespace Lifecycle.LocalEngine.Notation;

/// <summary>
/// Points in time as RFC 3339 writes them, with a zone and up to any number of decimals; what is finer than
/// 100 nanoseconds is cut off.
/// </summary>
internal static partial class TimestampText
{
    /// <summary>Seconds and <c>Z</c>: the form the protocol puts into workflow ids and search attributes.</summary>
    public static string WholeSeconds(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The time, or null where the text has another form or names no such time.</summary>
    public static DateTimeOffset? TryParse(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var fraction = match.Groups[2].Value;
        var shortened = match.Groups[1].Value + fraction[..Math.Min(fraction.Length, 8)] + match.Groups[3].Value;
        return DateTimeOffset.TryParseExact(
            shortened, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : null;
    }

    [GeneratedRegex(@"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Form();
}
