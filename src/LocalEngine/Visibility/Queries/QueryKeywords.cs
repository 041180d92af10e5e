using System.Collections.Frozen;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>Words that cannot be attribute names unless they stand in backticks.</summary>
internal static class QueryKeywords
{
    private static readonly FrozenSet<string> Words = new[]
    {
        "and", "or", "not", "in", "is", "null", "like", "between", "starts_with", "true", "false", "order", "group", "by",
        "asc", "desc", "limit", "exists", "select", "from", "where", "union", "drop", "insert", "update", "delete", "xor",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => Words.Contains(word);
}
