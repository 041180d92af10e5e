using System.Globalization;

namespace Lifecycle.LocalEngine.Visibility.Queries;

/// <summary>The right-hand side of a condition, as it was written; its meaning depends on the attribute's type.</summary>
public abstract record QueryLiteral
{
    private QueryLiteral()
    {
    }

    /// <summary>Quoted text.</summary>
    public sealed record Text(string Value) : QueryLiteral
    {
        public override string ToString() => $"'{Value}'";
    }

    /// <summary>A whole number of 64 bits.</summary>
    public sealed record Integer(long Value) : QueryLiteral
    {
        public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A decimal number.</summary>
    public sealed record Real(double Value) : QueryLiteral
    {
        public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary><c>TRUE</c> or <c>FALSE</c>.</summary>
    public sealed record Truth(bool Value) : QueryLiteral
    {
        public override string ToString() => Value ? "true" : "false";
    }

    /// <summary>A bare name where a value was expected: nearly always text without its quotes.</summary>
    public sealed record Name(string Value) : QueryLiteral
    {
        public override string ToString() => Value;
    }

    /// <summary><c>NULL</c>, which no comparison accepts.</summary>
    public sealed record Null : QueryLiteral
    {
        public override string ToString() => "null";
    }
}
