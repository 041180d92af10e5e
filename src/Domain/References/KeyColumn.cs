using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.References;

/// <summary>
/// How rows are told apart by one column: by its value, a text in lower case and a level as it is written, or by the bin that it falls into.
/// A missing value is a value like others.
/// </summary>
/// <param name="Name">Name of the column.</param>
public sealed record KeyColumn(string Name)
{
    /// <summary>The largest value of each bin but the last, rising; none tells by value.</summary>
    public ImmutableArray<float> Edges { get; init; } = [];

    /// <summary>The bins in words, lowest first.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Bins => Edges.IsEmpty ? [] :
    [
        $"up to {Text(Edges[0])}",
        .. Edges.Zip(Edges.Skip(1), (low, high) => $"above {Text(low)} up to {Text(high)}"),
        $"above {Text(Edges[^1])}",
    ];

    /// <summary>What a row is told apart by.</summary>
    public object ValueOf(InputColumn column, InputValues values, int row) => values switch
    {
        _ when values.IsMissing(row) => DBNull.Value,
        InputValues.Texts texts => column.Type == InputType.Category ? texts.Values[row]! : AsciiCase.Lower(texts.Values[row]!),
        InputValues.Integers integers => Edges.IsEmpty ? (object)integers.Values[row] : BinOf(integers.Values[row]),
        InputValues.Numbers numbers => Edges.IsEmpty ? (object)numbers.Values[row] : BinOf(numbers.Values[row]),
        _ => throw new InvalidOperationException($"A column of {values.GetType().Name} cannot be a key."),
    };

    /// <summary>The value of a text that <see cref="TextOf"/> wrote.</summary>
    public object Parse(InputColumn column, string? text) => column.Type switch
    {
        _ when text is null => DBNull.Value,
        _ when !Edges.IsEmpty => Bins.IndexOf(text),
        InputType.Number => float.Parse(text, CultureInfo.InvariantCulture),
        InputType.Boolean => text == "true" ? 1L : 0L,
        InputType.Integer or InputType.Timestamp => long.Parse(text, CultureInfo.InvariantCulture),
        _ => text,
    };

    /// <summary>A value for people and documents; null is a missing one.</summary>
    public string? TextOf(InputColumn column, object value) => value switch
    {
        DBNull => null,
        int bin => Bins[bin],
        long truth when column.Type == InputType.Boolean => truth == 1 ? "true" : "false",
        float number => Text(number),
        IFormattable whole => whole.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)value,
    };

    // The first bin whose edge is not passed.
    private int BinOf(float value)
    {
        int bin = 0;
        while (bin < Edges.Length && value > Edges[bin])
        {
            bin++;
        }

        return bin;
    }

    private static string Text(float number) => number.ToString("R", CultureInfo.InvariantCulture);
}
