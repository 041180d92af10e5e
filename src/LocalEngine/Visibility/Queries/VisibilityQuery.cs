using System.Collections.Immutable;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>One attribute of an ORDER BY clause.</summary>
public readonly record struct QueryOrdering(string Attribute, bool Descending);

/// <summary>
/// A parsed visibility query: the filter, or null for everything, and its clauses.
/// Grammar: <c>[filter] [GROUP BY attribute] [ORDER BY attribute [ASC|DESC], …]</c>.
/// </summary>
public sealed record VisibilityQuery
{
    /// <summary>The query of no text: everything, in the table's own order.</summary>
    public static VisibilityQuery Everything { get; } = new();

    public QueryFilter? Filter { get; init; }

    public ImmutableArray<QueryOrdering> OrderBy { get; init; } = [];

    public ImmutableArray<string> GroupBy { get; init; } = [];

    /// <summary>Reads a query as a client sent it.</summary>
    /// <exception cref="InvalidQueryException">The text is not a query; the message says where and near what.</exception>
    public static VisibilityQuery Parse(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length == 0 ? Everything : new QueryParser(trimmed).Parse();
    }
}
