using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Inputs;

/// <summary>One value of a row, read from its text by the column's type; nothing is guessed.</summary>
internal readonly record struct GivenValue
{
    private const string ZonedExample = "2024-03-01T12:00:00Z";
    private const string LocalExample = "2024-03-01T12:00:00";

    /// <summary>Of a number; NaN where it is missing.</summary>
    public float Number { get; private init; }

    /// <summary>Of an integer, a boolean (0 or 1) or a timestamp (microseconds since 1970); 0 where it is missing.</summary>
    public long Integer { get; private init; }

    /// <summary>Of a text; null where it is missing.</summary>
    public string? Text { get; private init; }

    /// <summary>Whether there is a value.</summary>
    public bool IsPresent { get; private init; }

    /// <summary>Why it cannot be read; null when it can.</summary>
    public string? Fault { get; private init; }

    /// <summary>Reads a value; null is a missing one.</summary>
    public static GivenValue Read(InputColumn column, string? text)
    {
        if (text is null)
        {
            string? fault = column.Nullable ? null : $"column '{ShownText.Of(column.Name)}' has no value; expected {Expected(column)}";
            return new() { Number = float.NaN, Fault = fault };
        }

        GivenValue? value = column.Type switch
        {
            InputType.Number => float.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number)
                ? new() { Number = number }
                : null,
            InputType.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) ? new() { Integer = integer } : null,
            InputType.Boolean => text is "true" or "1" or "false" or "0" ? new() { Integer = text is "true" or "1" ? 1 : 0 } : null,
            InputType.Timestamp => Microseconds(column.Zone, text) is { } microseconds ? new() { Integer = microseconds } : null,
            _ => new() { Text = text },
        };
        return value is { } read
            ? read with { IsPresent = true }
            : new() { Fault = $"column '{ShownText.Of(column.Name)}' holds '{ShownText.Of(text)}'; expected {Expected(column)}{Advice(column, text)}" };
    }

    /// <summary>A value that was read before.</summary>
    public static GivenValue Of(InputValues values, int row) => values switch
    {
        _ when values.IsMissing(row) => new() { Number = float.NaN },
        InputValues.Numbers numbers => new() { Number = numbers.Values[row], IsPresent = true },
        InputValues.Integers integers => new() { Integer = integers.Values[row], IsPresent = true },
        InputValues.Texts texts => new() { Text = texts.Values[row], IsPresent = true },
        _ => throw new ArgumentException($"{values.GetType().Name} are no values of a column.", nameof(values)),
    };

    /// <summary>What a value of the column must look like, for messages.</summary>
    public static string Expected(InputColumn column) => column switch
    {
        { Type: InputType.HostName } => "a host name such as example.com",
        { Type: InputType.Category } => "a text, one of the column's levels",
        { Type: InputType.Number } => "a number such as 12.5",
        { Type: InputType.Integer } => "a whole number such as 12",
        { Type: InputType.Boolean } => "true, false, 1 or 0",
        { Type: InputType.Timestamp, Zone: InputZone.Local } => $"a wall clock without zone such as {LocalExample}",
        { Type: InputType.Timestamp } => $"a point in time with its zone such as {ZonedExample}",
        _ => "a text",
    };

    private static long? Microseconds(InputZone zone, string text)
    {
        long? ticks = (zone, IsoTime.Read(text)) switch
        {
            (InputZone.Local, { Zone: null } local) => local.Clock.Ticks,
            (InputZone.Utc, { Moment: { } moment }) => moment.UtcTicks,
            _ => null,
        };
        return ticks - DateTime.UnixEpoch.Ticks is { } since ? (long)Math.Floor((decimal)since / TimeSpan.TicksPerMicrosecond) : null;
    }

    private static string Advice(InputColumn column, string text) => column.Type switch
    {
        InputType.Number when text is "" || IsNoNumber(text) => "; leave a missing one out",
        InputType.Number when IsWithCommas(text) => ": the decimal mark is a point, and thousands have none",
        InputType.Number when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => string.Create(CultureInfo.InvariantCulture, $", of 32 bits: {float.MinValue} to {float.MaxValue}"),
        InputType.Integer when text.TrimStart('-', '+') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit) => string.Create(CultureInfo.InvariantCulture, $", of 64 bits: {long.MinValue} to {long.MaxValue}"),
        InputType.Boolean when text.Equals("true", StringComparison.OrdinalIgnoreCase) || text.Equals("false", StringComparison.OrdinalIgnoreCase) => ", in lower case",
        InputType.Timestamp when IsoTime.Read(text) is { } time => (column.Zone, time.Zone) switch
        {
            (InputZone.Utc, null) => ": nobody says which zone its clock has",
            (InputZone.Local, not null) => ": the model was trained on wall clocks, so give what the clock on the wall showed",
            _ => "",
        },
        _ => "",
    };

    private static bool IsNoNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsNaN(number);

    private static bool IsWithCommas(string text) => text.Contains(',', StringComparison.Ordinal)
        && double.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
