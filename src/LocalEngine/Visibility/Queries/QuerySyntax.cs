namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>
/// Syntax errors with the positions the official server reports: it parses the filter behind
/// <c>select * from table1 where </c> and counts from the character after the offending token.
/// </summary>
internal static class QuerySyntax
{
    /// <summary>How deep parentheses and NOT may nest, which is also the official server's limit.</summary>
    public const int MaxNesting = 200;

    private const int FilterPrefixLength = 27;
    private const int ClausePrefixLength = 21;

    public static InvalidQueryException Error(string query, QueryToken token)
    {
        var near = token.Kind is QueryTokenKind.End or QueryTokenKind.Symbol ? "" : $" near '{Shown(token)}'";
        return InvalidQueryException.Malformed($"syntax error at position {Position(query, token)}{near}");
    }

    public static InvalidQueryException TooDeep(string query, QueryToken token) =>
        InvalidQueryException.Malformed($"max nesting level reached at position {Position(query, token)}");

    private static int Position(string query, QueryToken token)
    {
        var clauseOnly = query.StartsWith("order by", StringComparison.OrdinalIgnoreCase)
            || query.StartsWith("group by", StringComparison.OrdinalIgnoreCase);
        return (clauseOnly ? ClausePrefixLength : FilterPrefixLength) + token.End + 1;
    }

    private static string Shown(QueryToken token) =>
        token.Kind == QueryTokenKind.Word && QueryKeywords.Contains(token.Value) ? token.Value.ToLowerInvariant() : token.Value;
}
