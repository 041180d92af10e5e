using System.Text.RegularExpressions;

namespace Lifecycle.Models.Tests.OnnxModels.Tables;

/// <summary>The parts of a URL by one regular expression.</summary>
internal sealed record PlainUrl(string Host, int Depth, string Extension, int Parameters)
{
    public static PlainUrl Of(string text)
    {
        Match parts = Regex.Match(text, @"^(?:(?<scheme>[^?#]*?)://)?(?<authority>[^/?#]*)(?<path>[^?#]*)(?:\?(?<query>[^#]*))?(?:#.*)?$", RegexOptions.Singleline | RegexOptions.ExplicitCapture);
        string path = parts.Groups["path"].Value;
        string query = parts.Groups["query"].Value;
        return new PlainUrl(
            Regex.Match(parts.Groups["authority"].Value, "(?<host>[^@:]*)(:[^@]*)?$", RegexOptions.ExplicitCapture).Groups["host"].Value,
            Regex.Count(path, "[^/]+"),
            Regex.Match(path, @"\.(?<extension>[^./]*)$", RegexOptions.ExplicitCapture).Groups["extension"].Value,
            query.Length == 0 ? 0 : 1 + query.Count(character => character == '&'));
    }
}
