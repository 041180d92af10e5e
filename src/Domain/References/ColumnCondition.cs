using System.Globalization;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Names;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.References;

/// <summary>
/// Asks one thing of one column: exactly one of <see cref="Is"/>, <see cref="StartsWith"/>, <see cref="EndsWith"/>, <see cref="Contains"/>
/// and <see cref="Missing"/> is set, or <see cref="Above"/>, <see cref="AtMost"/> or both. A missing value fits nothing but <see cref="Missing"/>.
/// </summary>
public record ColumnCondition
{
    private const int LongestText = 253;

    /// <summary>The input column; null is the one text of a model that reads nothing else.</summary>
    public string? Column { get; init; }

    /// <summary>The whole text, level, whole number or truth.</summary>
    public string? Is { get; init; }

    /// <summary>How the text begins: a plain text and no pattern, in lower case unless the column is a category.</summary>
    public string? StartsWith { get; init; }

    /// <summary>How the text ends.</summary>
    public string? EndsWith { get; init; }

    /// <summary>What the text holds somewhere.</summary>
    public string? Contains { get; init; }

    /// <summary>The number is larger than this.</summary>
    public double? Above { get; init; }

    /// <summary>The number is this or smaller.</summary>
    public double? AtMost { get; init; }

    /// <summary>Whether there is no value.</summary>
    public bool? Missing { get; init; }

    /// <summary>The text that is asked for; null where none is.</summary>
    [JsonIgnore]
    public string? Text => Is ?? StartsWith ?? EndsWith ?? Contains;

    private bool AsksNumber => Above is not null || AtMost is not null;

    /// <summary>The column that it asks; null where there is none.</summary>
    public InputColumn? ColumnIn(InputSchema schema) => Column is null ? schema.OnlyText : schema.Columns.FirstOrDefault(column => column.Name == Column);

    /// <summary>The question in words.</summary>
    public string Sentence(InputSchema schema)
    {
        string subject = ColumnIn(schema) is { } column && schema.OnlyText is null ? $"{column.Name} " : "";
        return subject + (this switch
        {
            { Is: { } whole } => $"is {whole}",
            { StartsWith: { } start } => $"starts with {start}",
            { EndsWith: { } end } => $"ends with {end}",
            { Contains: { } part } => $"contains {part}",
            { Missing: { } missing } => missing ? "is missing" : "is there",
            { Above: { } above, AtMost: { } most } => string.Create(CultureInfo.InvariantCulture, $"is above {above} and at most {most}"),
            { Above: { } above } => string.Create(CultureInfo.InvariantCulture, $"is above {above}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"is at most {AtMost}"),
        });
    }

    /// <summary>Why a model cannot ask it, as a sentence's end; null where it can.</summary>
    public string? ProblemIn(InputSchema schema)
    {
        if (ColumnIn(schema) is not { } column)
        {
            string[] names = [.. schema.Columns.Select(input => input.Name)];
            return Column is null ? $"names no column, and the model reads several; add 'column', of {string.Join(", ", names)}"
                : $"asks for column '{Column}', which is no input; {(NearestName.Of(Column, names) is { } nearest ? $"did you mean '{nearest}'?" : $"expected one of {string.Join(", ", names)}")}";
        }

        int asked = new object?[] { Is, StartsWith, EndsWith, Contains, Missing }.Count(question => question is not null) + (AsksNumber ? 1 : 0);
        return asked != 1 ? string.Create(CultureInfo.InvariantCulture, $"asks {asked} things of '{column.Name}'; give exactly one of 'is', 'startsWith', 'endsWith', 'contains' and 'missing', or 'above' and 'atMost'")
            : Missing is not null ? column.Nullable ? null : $"asks whether '{column.Name}' is missing, which it never is; let the input be 'nullable', or remove the rule"
            : AsksNumber ? NumberProblem(column)
            : TextProblem(column, Text!);
    }

    /// <summary>Whether a row's value fits.</summary>
    public bool Fits(InputColumn column, InputValues values, int row) => Missing is { } missing
        ? values.IsMissing(row) == missing
        : !values.IsMissing(row) && values switch
        {
            InputValues.Numbers numbers => Fits(numbers.Values[row]),
            InputValues.Integers integers => Is is null ? Fits(integers.Values[row]) : integers.Values[row] == WholeOf(column, Is),
            InputValues.Texts texts => Fits(column.Type == InputType.Category ? texts.Values[row]! : AsciiCase.Lower(texts.Values[row]!)),
            _ => throw new InvalidOperationException($"A column of {values.GetType().Name} cannot be asked."),
        };

    /// <summary>The whole number that a text asks a column of whole numbers or truths for; null where it is none.</summary>
    public static long? WholeOf(InputColumn column, string text) => column.Type switch
    {
        InputType.Boolean => text switch { "true" => 1, "false" => 0, _ => null },
        InputType.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null,
        _ => null,
    };

    // As the graph compares: as numbers of 32 bits.
    private bool Fits(float number) => !(Above is { } above && !(number > (float)above)) && !(AtMost is { } most && !(number <= (float)most));

    private bool Fits(string text) => this switch
    {
        { Is: { } whole } => text == whole,
        { StartsWith: { } start } => text.StartsWith(start, StringComparison.Ordinal),
        { EndsWith: { } end } => text.EndsWith(end, StringComparison.Ordinal),
        _ => text.Contains(Contains!, StringComparison.Ordinal),
    };

    private string? NumberProblem(InputColumn column) =>
        column.Type is not (InputType.Number or InputType.Integer) ? $"compares '{column.Name}' with a number, which is none; ask 'is'"
        : new[] { Above, AtMost }.Any(bound => bound is { } number && !float.IsFinite((float)number)) ? $"compares '{column.Name}' with a number that 32 bits cannot hold"
        : Above is { } above && AtMost is { } most && (float)above >= (float)most ? string.Create(CultureInfo.InvariantCulture, $"asks for '{column.Name}' above {above} and at most {most}, which no number is")
        : null;

    private string? TextProblem(InputColumn column, string text) => column.Type switch
    {
        InputType.Integer or InputType.Boolean => Is is not null && WholeOf(column, text) is not null
            ? null
            : $"asks '{column.Name}' for '{text}'; expected 'is' with {(column.Type == InputType.Boolean ? "true or false" : "a whole number, or 'above' and 'atMost'")}",
        InputType.Number => $"asks '{column.Name}', a number, for '{text}'; ask for 'above' and 'atMost'",
        InputType.Timestamp => $"asks '{column.Name}', a time, for '{text}'; a rule cannot ask for times, make an input of what it is about",
        _ when text.Length is 0 or > LongestText || text.Any(character => char.IsControl(character) || char.IsSurrogate(character)) =>
            string.Create(CultureInfo.InvariantCulture, $"asks for a text of {text.Length} characters; expected 1 to {LongestText}, none of them a control character or beyond U+FFFF"),
        InputType.Category => null,
        _ => text.Any(char.IsAsciiLetterUpper) ? $"asks for '{text}', and texts are held against rules in lower case; write it in lower case" : null,
    };
}
