namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>The kinds of token in a visibility query.</summary>
internal enum QueryTokenKind
{
    End,
    Word,
    QuotedName,
    Text,
    Integer,
    Real,
    Symbol,
}

/// <summary>One token. <paramref name="End"/> is the offset just after it, which error positions are counted from.</summary>
internal readonly record struct QueryToken(QueryTokenKind Kind, string Value, int End)
{
    public bool IsSymbol(string symbol) => Kind == QueryTokenKind.Symbol && Value == symbol;

    public bool IsWord(string word) => Kind == QueryTokenKind.Word && Value.Equals(word, StringComparison.OrdinalIgnoreCase);
}
