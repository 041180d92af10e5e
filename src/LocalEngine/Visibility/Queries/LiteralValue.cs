using System.Globalization;
using Lifecycle.LocalEngine.Notation;
using Temporalio.Api.Enums.V1;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>Reads a literal as a value of an attribute's type: a long, a double or a string.</summary>
internal static class LiteralValue
{
    public static object Of(string attribute, AttributeColumn column, QueryLiteral literal)
    {
        Require(literal);
        return column switch
        {
            { Meaning: AttributeMeaning.ExecutionStatus } => Status(attribute, literal),
            { Meaning: AttributeMeaning.Duration } => Duration(attribute, literal),
            { Type: IndexedValueType.Datetime } => Time(attribute, literal),
            { Type: IndexedValueType.Keyword } => Keyword(literal),
            _ => Number(literal),
        };
    }

    /// <summary>Literals that no comparison accepts.</summary>
    public static void Require(QueryLiteral literal)
    {
        if (literal is QueryLiteral.Name name)
        {
            throw InvalidQueryException.Unsupported(
                $"column name on the right side of comparison expression (did you forget to quote '{name}'?)");
        }

        if (literal is QueryLiteral.Null)
        {
            throw InvalidQueryException.Expression("unexpected value null (use 'IS NULL' or 'IS NOT NULL')");
        }
    }

    private static long Status(string attribute, QueryLiteral literal) => literal switch
    {
        QueryLiteral.Integer integer => integer.Value,
        QueryLiteral.Text text when IsStatusName(text.Value, out var status) => (long)status,
        QueryLiteral.Text text => throw InvalidQueryException.Expression($"invalid ExecutionStatus value '{text.Value}'"),
        _ => throw Unexpected(attribute, literal),
    };

    private static bool IsStatusName(string text, out WorkflowExecutionStatus status) =>
        Enum.TryParse(text, out status) && status.ToString() == text;

    private static object Duration(string attribute, QueryLiteral literal) => literal switch
    {
        QueryLiteral.Text text => DurationText.TryParseNanoseconds(text.Value)
            ?? throw new InvalidQueryException($"invalid value for search attribute {attribute}: {text.Value} (invalid duration)"),
        _ => Number(literal),
    };

    private static long Time(string attribute, QueryLiteral literal) => literal switch
    {
        QueryLiteral.Integer integer => integer.Value / TimeSpan.NanosecondsPerTick,
        QueryLiteral.Text text => ColumnTime.From(TimestampText.TryParse(text.Value)
            ?? throw InvalidQueryException.Expression($"unable to parse datetime '{text.Value}'")),
        _ => throw Unexpected(attribute, literal),
    };

    private static string Keyword(QueryLiteral literal) => literal is QueryLiteral.Text text ? text.Value : literal.ToString()!;

    private static object Number(QueryLiteral literal) => literal switch
    {
        QueryLiteral.Integer integer => integer.Value,
        QueryLiteral.Real real => real.Value,
        QueryLiteral.Truth truth => truth.Value ? 1L : 0L,
        QueryLiteral.Text text when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        QueryLiteral.Text text when bool.TryParse(text.Value, out var truth) => truth ? 1L : 0L,
        _ => literal.ToString()!,
    };

    private static InvalidQueryException Unexpected(string attribute, QueryLiteral literal) =>
        InvalidQueryException.Expression($"unexpected value {literal} for search attribute {attribute}");
}
