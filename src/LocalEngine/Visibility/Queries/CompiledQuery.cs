using System.Collections.Immutable;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>
/// A query as fragments of one SQLite statement:
/// <c>SELECT … WHERE namespace = $n AND (Where) GROUP BY … ORDER BY …</c>.
/// Every literal is a parameter named <c>$q0</c>, <c>$q1</c>, … in the order of <see cref="Parameters"/>.
/// </summary>
public sealed record CompiledQuery
{
    /// <summary>A boolean expression; <c>1</c> where the query filters nothing.</summary>
    public required string Where { get; init; }

    /// <summary>Expressions with ASC or DESC, without the words ORDER BY; null where the table's own order is wanted.</summary>
    public string? OrderBy { get; init; }

    /// <summary>The expression to group by; null where the query does not group.</summary>
    public string? GroupBy { get; init; }

    /// <summary>Values (long, double or string) of the parameters, by their number.</summary>
    public ImmutableArray<object> Parameters { get; init; } = [];

    /// <summary>The name of the parameter at <paramref name="index"/>.</summary>
    public static string ParameterName(int index) => $"$q{index}";
}
