namespace Lifecycle.Data.Snapshots;

/// <summary>
/// A snapshot's SQL script in two parts: statements that prepare, and the last one, which selects the rows. Semicolons in
/// strings, quoted names, dollar quotes and comments separate nothing.
/// </summary>
/// <param name="Preparation">All statements but the last; may be empty.</param>
/// <param name="Selection">The last statement, without its semicolon.</param>
internal sealed record SnapshotScript(string Preparation, string Selection)
{
    /// <summary>Splits a script.</summary>
    /// <exception cref="InvalidDataSourceException">There is no statement.</exception>
    public static SnapshotScript Parse(string fileName, string text)
    {
        int start = 0;
        int end = text.Length;
        int? pending = null;
        for (int at = 0; at < text.Length; at = EndOfToken(text, at))
        {
            if (text[at] == ';')
            {
                pending ??= at;
            }
            else if (!char.IsWhiteSpace(text[at]) && !IsComment(text, at) && pending is { } separator)
            {
                start = separator + 1;
                pending = null;
            }
        }

        end = pending ?? end;
        string selection = text[start..end].Trim();
        return HasStatement(selection)
            ? new SnapshotScript(text[..start], selection)
            : throw new InvalidDataSourceException($"script '{fileName}' has no statement; its last statement must select the rows");
    }

    private static bool HasStatement(string text)
    {
        for (int at = 0; at < text.Length; at = EndOfToken(text, at))
        {
            if (!char.IsWhiteSpace(text[at]) && !IsComment(text, at))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsComment(string text, int at) =>
        string.CompareOrdinal(text, at, "--", 0, 2) == 0 || string.CompareOrdinal(text, at, "/*", 0, 2) == 0;

    private static int EndOfToken(string text, int at) => text[at] switch
    {
        '\'' or '"' => After(text, text[at].ToString(), at + 1),
        '-' when IsComment(text, at) => After(text, "\n", at + 2),
        '/' when IsComment(text, at) => After(text, "*/", at + 2),
        '$' when DollarTag(text, at) is { } tag => After(text, tag, at + tag.Length),
        _ => at + 1,
    };

    private static string? DollarTag(string text, int at)
    {
        int end = at + 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
        {
            end++;
        }

        return end < text.Length && text[end] == '$' ? text[at..(end + 1)] : null;
    }

    private static int After(string text, string mark, int from)
    {
        int found = text.IndexOf(mark, from, StringComparison.Ordinal);
        return found < 0 ? text.Length : found + mark.Length;
    }
}
