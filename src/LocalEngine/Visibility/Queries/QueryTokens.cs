using System.Collections.Immutable;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>A cursor over the tokens of one query, shared by the parsers of filters and of conditions.</summary>
internal sealed class QueryTokens(string query)
{
    private readonly ImmutableArray<QueryToken> tokens = QueryScanner.Scan(query);
    private int index;

    public QueryToken Current => tokens[index];

    public QueryToken Previous => tokens[index - 1];

    public QueryToken Next => tokens[Math.Min(index + 1, tokens.Length - 1)];

    public QueryToken Take() => index < tokens.Length - 1 ? tokens[index++] : tokens[index];

    public bool TakeWord(string word) => Advance(Current.IsWord(word));

    public bool TakeSymbol(string symbol) => Advance(Current.IsSymbol(symbol));

    public bool TakeWords(string first, string second)
    {
        if (!TakeWord(first))
        {
            return false;
        }

        ExpectWord(second);
        return true;
    }

    public void ExpectWord(string word) => Expect(TakeWord(word));

    public void ExpectSymbol(string symbol) => Expect(TakeSymbol(symbol));

    public void ExpectEnd() => Expect(Current.Kind == QueryTokenKind.End);

    public string ExpectName()
    {
        Expect(IsName(Current));
        return Take().Value;
    }

    public InvalidQueryException SyntaxError() => QuerySyntax.Error(query, Current);

    public static bool IsName(QueryToken token) => token.Kind == QueryTokenKind.QuotedName
        || (token.Kind == QueryTokenKind.Word && !QueryKeywords.Contains(token.Value));

    private void Expect(bool met)
    {
        if (!met)
        {
            throw SyntaxError();
        }
    }

    private bool Advance(bool matches)
    {
        if (matches)
        {
            index++;
        }

        return matches;
    }
}
