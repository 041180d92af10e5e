using System.Collections.Immutable;
using System.Globalization;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>Parses one condition: an attribute, an operator and its literals.</summary>
internal sealed class ConditionParser(QueryTokens tokens)
{
    private static readonly ImmutableArray<string> Operators = ["=", "!=", "<>", "<=", ">=", "<", ">"];

    public QueryFilter Parse()
    {
        var attribute = Attribute();
        if (tokens.TakeWord("is"))
        {
            return Presence(attribute);
        }

        var negated = tokens.TakeWord("not");
        if (tokens.TakeWord("in"))
        {
            return new QueryFilter.Membership(attribute, Literals(), negated);
        }

        if (tokens.TakeWord("between"))
        {
            var low = Literal();
            tokens.ExpectWord("and");
            return new QueryFilter.Between(attribute, low, Literal(), negated);
        }

        return new QueryFilter.Comparison(attribute, Operator(negated), Literal());
    }

    private string Attribute()
    {
        if (!QueryTokens.IsName(tokens.Current))
        {
            throw NotAnAttribute();
        }

        if (tokens.Next.IsSymbol("("))
        {
            throw InvalidQueryException.Expression($"must be a column name but was a call of the function '{tokens.Current.Value}'");
        }

        return tokens.Take().Value;
    }

    private InvalidQueryException NotAnAttribute() => tokens.Current switch
    {
        { Kind: QueryTokenKind.Text or QueryTokenKind.Integer or QueryTokenKind.Real } token =>
            InvalidQueryException.Expression($"must be a column name but was the value '{token.Value}'"),
        var token when token.IsWord("exists") || token.IsWord("select") =>
            InvalidQueryException.Unsupported("a query inside a query"),
        var token when token.IsWord("true") || token.IsWord("false") =>
            InvalidQueryException.Unsupported($"the bare value '{token.Value}' as an expression"),
        _ => tokens.SyntaxError(),
    };

    private QueryFilter.Presence Presence(string attribute)
    {
        var negated = tokens.TakeWord("not");
        if (tokens.TakeWord("null"))
        {
            return new QueryFilter.Presence(attribute, negated);
        }

        throw tokens.Current.IsWord("true") || tokens.Current.IsWord("false")
            ? InvalidQueryException.Expression("'IS' operator can only be used with 'NULL' or 'NOT NULL'")
            : tokens.SyntaxError();
    }

    private string Operator(bool negated)
    {
        if (tokens.TakeWord("starts_with"))
        {
            return negated ? "not starts_with" : "starts_with";
        }

        if (tokens.TakeWord("like"))
        {
            return negated ? "not like" : "like";
        }

        if (!negated && tokens.Current.Kind == QueryTokenKind.Symbol && Operators.Contains(tokens.Current.Value))
        {
            return tokens.Take().Value is var symbol and not "<>" ? symbol : "!=";
        }

        throw negated || !EndsCondition(tokens.Current)
            ? tokens.SyntaxError()
            : InvalidQueryException.Expression("incomplete expression");
    }

    private static bool EndsCondition(QueryToken token) =>
        token.Kind == QueryTokenKind.End || token.IsSymbol(")") || token.IsSymbol("&&") || token.IsSymbol("||")
        || token.IsWord("and") || token.IsWord("or") || token.IsWord("group") || token.IsWord("order");

    private ImmutableArray<QueryLiteral> Literals()
    {
        var literals = ImmutableArray.CreateBuilder<QueryLiteral>();
        tokens.ExpectSymbol("(");
        do
        {
            literals.Add(Literal());
        }
        while (tokens.TakeSymbol(","));
        tokens.ExpectSymbol(")");
        return literals.ToImmutable();
    }

    private QueryLiteral Literal()
    {
        QueryLiteral? literal = tokens.Current switch
        {
            { Kind: QueryTokenKind.Text } token => new QueryLiteral.Text(token.Value),
            { Kind: QueryTokenKind.Integer or QueryTokenKind.Real } token => Number(token),
            var token when token.IsWord("true") || token.IsWord("false") => new QueryLiteral.Truth(token.IsWord("true")),
            var token when token.IsWord("null") => new QueryLiteral.Null(),
            var token when QueryTokens.IsName(token) => new QueryLiteral.Name(token.Value),
            _ => null,
        };
        if (literal is null)
        {
            throw tokens.SyntaxError();
        }

        tokens.Take();
        return literal;
    }

    private static QueryLiteral Number(QueryToken token)
    {
        if (long.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return new QueryLiteral.Integer(integer);
        }

        return double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            ? new QueryLiteral.Real(real)
            : throw InvalidQueryException.Expression($"unable to parse {token.Value}");
    }
}
