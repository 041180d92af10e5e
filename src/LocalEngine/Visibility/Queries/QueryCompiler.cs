using System.Collections.Immutable;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>
/// Turns a parsed query into SQL over the columns it is given. Attribute names select columns and literals become
/// parameters, so no character of a query reaches the statement's text.
/// </summary>
public sealed class QueryCompiler
{
    /// <summary>How many literals one query may hold: well below what one SQLite statement can bind.</summary>
    public const int MaxLiterals = 10_000;

    private const string StatusAttribute = "ExecutionStatus";
    private readonly AttributeColumns columns;
    private readonly ImmutableArray<object>.Builder parameters = ImmutableArray.CreateBuilder<object>();

    private QueryCompiler(AttributeColumns columns) => this.columns = columns;

    /// <summary>Compiles a query that lists; it may order and must not group.</summary>
    /// <exception cref="InvalidQueryException">The query names an unknown attribute, compares what cannot be compared, or groups.</exception>
    public static CompiledQuery ForList(VisibilityQuery query, AttributeColumns columns) => query.GroupBy.IsEmpty
        ? new QueryCompiler(columns).Compile(query)
        : throw InvalidQueryException.Unsupported("'group by' clause");

    /// <summary>Compiles a query that counts; it may group by ExecutionStatus and must not order.</summary>
    /// <exception cref="InvalidQueryException">As for lists, or the query orders.</exception>
    public static CompiledQuery ForCount(VisibilityQuery query, AttributeColumns columns)
    {
        if (!query.OrderBy.IsEmpty)
        {
            throw InvalidQueryException.Unsupported("'order by' clause");
        }

        if (query.GroupBy.Length > 1)
        {
            throw InvalidQueryException.Unsupported("'group by' clause supports only a single field");
        }

        return query.GroupBy is [] or [StatusAttribute]
            ? new QueryCompiler(columns).Compile(query)
            : throw InvalidQueryException.Unsupported("'group by' clause is only supported for ExecutionStatus search attribute");
    }

    private CompiledQuery Compile(VisibilityQuery query) => new()
    {
        Where = query.Filter is null ? "1" : Filter(query.Filter),
        GroupBy = query.GroupBy is [var attribute] ? Column(attribute).Sql : null,
        OrderBy = query.OrderBy.IsEmpty ? null : string.Join(", ", query.OrderBy.Select(Ordering)),
        Parameters = parameters.ToImmutable(),
    };

    private string Ordering(QueryOrdering ordering) =>
        $"{Column(ordering.Attribute).ComparableSql} {(ordering.Descending ? "DESC" : "ASC")} NULLS LAST";

    private string Filter(QueryFilter filter) => filter switch
    {
        QueryFilter.All all => Joined(all.Operands.Select(Filter).ToArray(), " AND "),
        QueryFilter.Any any => Joined(any.Operands.Select(Filter).ToArray(), " OR "),
        QueryFilter.Not not => $"(NOT {Filter(not.Operand)})",
        QueryFilter.Comparison comparison => Comparison(comparison),
        QueryFilter.Membership membership => Membership(membership),
        QueryFilter.Between between => Between(between),
        QueryFilter.Presence presence => $"({Column(presence.Attribute).Sql} IS {(presence.Present ? "NOT NULL" : "NULL")})",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // SQLite bounds the depth of an expression at 1,000: a chain of thousands must become a balanced tree.
    private static string Joined(ReadOnlySpan<string> terms, string connective) => terms.Length == 1
        ? terms[0]
        : $"({Joined(terms[..(terms.Length / 2)], connective)}{connective}{Joined(terms[(terms.Length / 2)..], connective)})";

    private string Comparison(QueryFilter.Comparison comparison)
    {
        if (comparison.Operator.EndsWith("like", StringComparison.Ordinal))
        {
            throw InvalidQueryException.Expression($"invalid operator '{comparison.Operator}' in `{comparison}`");
        }

        var column = Column(comparison.Attribute);
        return column.Type switch
        {
            IndexedValueType.KeywordList => Contains(column, Equality(comparison, column), [Text(comparison.Literal)]),
            IndexedValueType.Text => Contains(column, Equality(comparison, column), Words(comparison)),
            _ when comparison.Operator.EndsWith("starts_with", StringComparison.Ordinal) => Prefix(comparison, column),
            _ => $"({column.ComparableSql} {comparison.Operator} {Value(comparison.Attribute, column, comparison.Literal)})",
        };
    }

    private string Prefix(QueryFilter.Comparison comparison, AttributeColumn column)
    {
        if (LiteralValue.Of(comparison.Attribute, column, comparison.Literal) is not string || comparison.Literal is not QueryLiteral.Text text)
        {
            throw InvalidQueryException.Expression(
                $"right-hand side of '{comparison.Operator}' must be a literal string (got: {comparison.Literal})");
        }

        var prefix = Parameter(text.Value);
        return $"(substr({column.Sql}, 1, length({prefix})) {(comparison.Operator[0] == 'n' ? "!=" : "=")} {prefix})";
    }

    private string Membership(QueryFilter.Membership membership)
    {
        var column = Column(membership.Attribute);
        if (column.Type == IndexedValueType.Text)
        {
            throw Unsupported(membership.Negated ? "not in" : "in", "Text", membership);
        }

        if (column.Type == IndexedValueType.KeywordList)
        {
            return Contains(column, !membership.Negated, membership.Literals.Select(literal => Text(literal, " in tuple")));
        }

        var values = membership.Literals.Select(literal => Value(membership.Attribute, column, literal));
        return $"({column.ComparableSql} {(membership.Negated ? "NOT IN" : "IN")} ({string.Join(", ", values)}))";
    }

    private string Between(QueryFilter.Between between)
    {
        var column = Column(between.Attribute);
        if (column.Type is IndexedValueType.Bool or IndexedValueType.Text or IndexedValueType.KeywordList)
        {
            throw InvalidQueryException.Expression(
                $"cannot do range condition on search attribute '{between.Attribute}' of type {column.Type}");
        }

        var low = Value(between.Attribute, column, between.Low);
        var high = Value(between.Attribute, column, between.High);
        return $"({column.ComparableSql} {(between.Negated ? "NOT BETWEEN" : "BETWEEN")} {low} AND {high})";
    }

    private string Contains(AttributeColumn column, bool wanted, IEnumerable<string> members)
    {
        var values = string.Join(", ", members.Select(Parameter));
        return $"({(wanted ? "" : "NOT ")}EXISTS (SELECT 1 FROM json_each({column.Sql}) WHERE value IN ({values})))";
    }

    private static bool Equality(QueryFilter.Comparison comparison, AttributeColumn column) => comparison.Operator switch
    {
        "=" => true,
        "!=" => false,
        _ => throw Unsupported(comparison.Operator, column.Type.ToString(), comparison),
    };

    private static InvalidQueryException Unsupported(string operation, string type, QueryFilter filter) =>
        InvalidQueryException.Expression($"operator '{operation}' not supported for {type} type search attribute in `{filter}`");

    private static string Text(QueryLiteral literal, string where = "")
    {
        LiteralValue.Require(literal);
        return literal is QueryLiteral.Text text
            ? text.Value
            : throw InvalidQueryException.Expression($"unexpected value type{where} (expected string, got {literal})");
    }

    private static ImmutableArray<string> Words(QueryFilter.Comparison comparison)
    {
        var words = TextWords.Of(Text(comparison.Literal));
        return !words.IsEmpty
            ? words
            : throw InvalidQueryException.Expression(
                $"unexpected value for Text type search attribute (no tokens found in {comparison.Literal})");
    }

    private string Value(string attribute, AttributeColumn column, QueryLiteral literal) =>
        Parameter(LiteralValue.Of(attribute, column, literal));

    private string Parameter(object value)
    {
        if (parameters.Count == MaxLiterals)
        {
            throw InvalidQueryException.Unsupported($"more than {MaxLiterals} values");
        }

        parameters.Add(value);
        return CompiledQuery.ParameterName(parameters.Count - 1);
    }

    private AttributeColumn Column(string attribute) => columns(attribute)
        ?? throw InvalidQueryException.Expression($"column name '{attribute}' is not a valid search attribute");
}
