using System.Collections.Immutable;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>
/// The words of a Text attribute: runs of letters and digits, in lower case. A Text attribute matches when it shares a
/// word with the query's literal.
/// </summary>
public static class TextWords
{
    public static ImmutableArray<string> Of(string text)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var start = 0;
        for (var position = 0; position <= text.Length; position++)
        {
            if (position < text.Length && char.IsLetterOrDigit(text[position]))
            {
                continue;
            }

            if (position > start)
            {
                words.Add(text[start..position].ToLowerInvariant());
            }

            start = position + 1;
        }

        return words.ToImmutable();
    }
}
