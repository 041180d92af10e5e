using System.Collections.Immutable;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>
/// A recursive-descent parser: OR binds loosest, then AND, then NOT. Nesting is bounded before the call stack could be.
/// </summary>
internal sealed class QueryParser(string query)
{
    private readonly QueryTokens tokens = new(query);
    private int nesting;

    public VisibilityQuery Parse()
    {
        var filter = AtClause() ? null : Alternatives();
        var groupBy = tokens.TakeWords("group", "by") ? Names() : [];
        var orderBy = tokens.TakeWords("order", "by") ? Orderings() : [];
        if (tokens.Current.IsWord("limit"))
        {
            throw InvalidQueryException.Unsupported("'limit' clause");
        }

        tokens.ExpectEnd();
        return new() { Filter = filter, GroupBy = groupBy, OrderBy = orderBy };
    }

    private bool AtClause() => tokens.Current.IsWord("group") || tokens.Current.IsWord("order");

    private QueryFilter Alternatives()
    {
        var operands = Joined(Conjunction, "or", "||");
        return operands is [var single] ? single : new QueryFilter.Any(operands);
    }

    private QueryFilter Conjunction()
    {
        var operands = Joined(Negation, "and", "&&");
        return operands is [var single] ? single : new QueryFilter.All(operands);
    }

    private ImmutableArray<QueryFilter> Joined(Func<QueryFilter> operand, string word, string symbol)
    {
        var operands = ImmutableArray.CreateBuilder<QueryFilter>();
        do
        {
            operands.Add(operand());
        }
        while (tokens.TakeWord(word) || tokens.TakeSymbol(symbol));
        return operands.ToImmutable();
    }

    private QueryFilter Negation()
    {
        if (!tokens.TakeWord("not"))
        {
            return Primary();
        }

        return Nested(() => new QueryFilter.Not(Negation()));
    }

    private QueryFilter Primary()
    {
        if (!tokens.TakeSymbol("("))
        {
            return new ConditionParser(tokens).Parse();
        }

        return Nested(() =>
        {
            var inner = Alternatives();
            tokens.ExpectSymbol(")");
            return inner;
        });
    }

    private QueryFilter Nested(Func<QueryFilter> parse)
    {
        if (++nesting > QuerySyntax.MaxNesting)
        {
            throw QuerySyntax.TooDeep(query, tokens.Previous);
        }

        var filter = parse();
        nesting--;
        return filter;
    }

    private ImmutableArray<string> Names()
    {
        var names = ImmutableArray.CreateBuilder<string>();
        do
        {
            names.Add(tokens.ExpectName());
        }
        while (tokens.TakeSymbol(","));
        return names.ToImmutable();
    }

    private ImmutableArray<QueryOrdering> Orderings()
    {
        var orderings = ImmutableArray.CreateBuilder<QueryOrdering>();
        do
        {
            var attribute = tokens.ExpectName();
            var descending = tokens.TakeWord("desc");
            if (!descending)
            {
                tokens.TakeWord("asc");
            }

            orderings.Add(new(attribute, descending));
        }
        while (tokens.TakeSymbol(","));
        return orderings.ToImmutable();
    }
}
