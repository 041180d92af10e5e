using System.Collections.Immutable;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.OnnxModels.Featurizers;

/// <summary>One column of the TrainingSet as transforms are fitted on it: checked and normalised, and then as the graph will read it.</summary>
internal sealed class TrainingColumn(InputColumn column, InputValues values, bool isOnlyText)
{
    private string[]? texts;
    private float[]? numbers;
    private LevelCodes? levels;

    /// <summary>The column.</summary>
    public InputColumn Column => column;

    /// <summary>Rows.</summary>
    public int Count => values.Count;

    /// <summary>The texts with A to Z in lower case, a missing one empty: what the graph's own <see cref="ColumnNodes.Lower"/> is.</summary>
    public string[] Texts => texts ??= [.. ((InputValues.Texts)values).Values.Select(text => AsciiCase.Lower(text ?? ""))];

    /// <summary>The numbers, NaN where one is missing: <see cref="ColumnNodes.Numbers"/>.</summary>
    public float[] Numbers => numbers ??= values switch
    {
        InputValues.Numbers floats => [.. floats.Values],
        InputValues.Integers integers => [.. Enumerable.Range(0, Count).Select(row => integers.IsMissing(row) ? float.NaN : Number(integers.Values[row]))],
        _ => throw new InvalidOperationException($"Column '{column.Name}' holds no numbers."),
    };

    /// <summary>The levels: <see cref="ColumnNodes.Levels"/>.</summary>
    public LevelCodes Levels => levels ??= LevelCodes.Of(Count, LevelOf);

    /// <summary>The name of a feature of the text: without the column's where there is no other.</summary>
    public string NameOf(string kind, string feature) => isOnlyText ? $"{kind}:{feature}" : $"{kind}({column.Name}):{feature}";

    /// <summary>The key of a level that a definition names; null where no value of the column can be it.</summary>
    public string? KeyOf(string level) => column.Type switch
    {
        InputType.Category => level,
        InputType.Text or InputType.HostName => AsciiCase.Lower(level),
        InputType.Boolean => level switch { "true" => "1", "false" => "0", _ => null },
        _ => long.TryParse(level, System.Globalization.CultureInfo.InvariantCulture, out long number) ? LevelCodes.KeyOf(number) : null,
    };

    private float Number(long value) => column.Type == InputType.Timestamp ? (float)(value / 1e6) : value;

    private string? LevelOf(int row) => values.IsMissing(row) ? null : values switch
    {
        InputValues.Integers integers => LevelCodes.KeyOf(integers.Values[row]),
        InputValues.Texts strings => column.Type == InputType.Category ? strings.Values[row] : Texts[row],
        _ => throw new InvalidOperationException($"Column '{column.Name}' holds no levels."),
    };
}
