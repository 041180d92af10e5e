using System.Collections.Immutable;
using System.Text;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>
/// Cuts a query into tokens. Text stands in single or double quotes, with a doubled quote or a backslash as escape;
/// names stand bare or in backticks. Nothing is interpreted here, so nothing typed by a caller can become SQL.
/// </summary>
internal ref struct QueryScanner(string query)
{
    private static readonly string[] Symbols = ["<=", ">=", "!=", "<>", "&&", "||", "=", "<", ">", "(", ")", ",", "!"];
    private int position;

    public static ImmutableArray<QueryToken> Scan(string query)
    {
        var scanner = new QueryScanner(query);
        var tokens = ImmutableArray.CreateBuilder<QueryToken>();
        do
        {
            tokens.Add(scanner.Next());
        }
        while (tokens[^1].Kind != QueryTokenKind.End);
        return tokens.ToImmutable();
    }

    private QueryToken Next()
    {
        while (position < query.Length && char.IsWhiteSpace(query[position]))
        {
            position++;
        }

        if (position == query.Length)
        {
            return new(QueryTokenKind.End, "", position);
        }

        return query[position] switch
        {
            '\'' or '"' => Quoted(QueryTokenKind.Text),
            '`' => Quoted(QueryTokenKind.QuotedName),
            var first when char.IsAsciiDigit(first) || IsSignedNumber() => Number(),
            var first when IsNameStart(first) => Name(),
            _ => Symbol(),
        };
    }

    private QueryToken Quoted(QueryTokenKind kind)
    {
        var quote = query[position++];
        var text = new StringBuilder();
        while (position < query.Length)
        {
            var current = query[position++];
            if (current == quote && (position == query.Length || query[position] != quote))
            {
                return new(kind, text.ToString(), position);
            }

            if (current == quote || (current == '\\' && kind == QueryTokenKind.Text && position < query.Length))
            {
                current = query[position++];
            }

            text.Append(current);
        }

        throw QuerySyntax.Error(query, new(kind, text.ToString(), query.Length));
    }

    private QueryToken Number()
    {
        var start = position++;
        while (position < query.Length && IsNumberPart(query[position], query[position - 1]))
        {
            position++;
        }

        var text = query[start..position];
        var kind = text.AsSpan().ContainsAny('.', 'e', 'E') ? QueryTokenKind.Real : QueryTokenKind.Integer;
        return new(kind, text, position);
    }

    private QueryToken Name()
    {
        var start = position;
        while (position < query.Length && (IsNameStart(query[position]) || char.IsAsciiDigit(query[position]) || query[position] == '.'))
        {
            position++;
        }

        return new(QueryTokenKind.Word, query[start..position], position);
    }

    private QueryToken Symbol()
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(query, position, symbol, 0, symbol.Length) == 0)
            {
                position += symbol.Length;
                return new(QueryTokenKind.Symbol, symbol, position);
            }
        }

        throw QuerySyntax.Error(query, new(QueryTokenKind.Symbol, query[position].ToString(), position + 1));
    }

    private readonly bool IsSignedNumber() =>
        (query[position] is '-' or '+') && position + 1 < query.Length && char.IsAsciiDigit(query[position + 1]);

    private static bool IsNameStart(char value) => char.IsAsciiLetter(value) || value is '_' or '@' or '$';

    private static bool IsNumberPart(char value, char before) =>
        char.IsAsciiDigit(value) || value is '.' or 'e' or 'E' || ((value is '-' or '+') && (before is 'e' or 'E'));
}
