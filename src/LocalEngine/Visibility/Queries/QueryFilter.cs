using System.Collections.Immutable;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>
/// The filter of a visibility query as a tree. It names attributes and literals only: columns, types and SQL come in
/// when it is compiled, so one parser serves every table.
/// </summary>
public abstract record QueryFilter
{
    private QueryFilter()
    {
    }

    /// <summary>Every operand holds. At least two operands.</summary>
    public sealed record All(ImmutableArray<QueryFilter> Operands) : QueryFilter;

    /// <summary>At least one operand holds. At least two operands.</summary>
    public sealed record Any(ImmutableArray<QueryFilter> Operands) : QueryFilter;

    /// <summary>The operand does not hold.</summary>
    public sealed record Not(QueryFilter Operand) : QueryFilter;

    /// <summary><c>Attribute operator literal</c>; the operator is <c>= != &lt; &lt;= &gt; &gt;=</c>, <c>like</c> or <c>starts_with</c>, or those with <c>not</c>.</summary>
    public sealed record Comparison(string Attribute, string Operator, QueryLiteral Literal) : QueryFilter
    {
        public override string ToString() => $"{Attribute} {Operator} {Literal}";
    }

    /// <summary><c>Attribute [NOT] IN (literals)</c>. At least one literal.</summary>
    public sealed record Membership(string Attribute, ImmutableArray<QueryLiteral> Literals, bool Negated) : QueryFilter
    {
        public override string ToString() => $"{Attribute} {(Negated ? "not in" : "in")} ({string.Join(", ", Literals)})";
    }

    /// <summary><c>Attribute [NOT] BETWEEN low AND high</c>, both ends included.</summary>
    public sealed record Between(string Attribute, QueryLiteral Low, QueryLiteral High, bool Negated) : QueryFilter;

    /// <summary><c>Attribute IS [NOT] NULL</c>.</summary>
    public sealed record Presence(string Attribute, bool Present) : QueryFilter;
}
