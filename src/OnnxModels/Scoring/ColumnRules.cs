using System.Globalization;
using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.OnnxModels.Scoring;

/// <summary>Decides whether a value is one of a column: not missing unless it may be, within the bounds, and finite.</summary>
/// <param name="column">The column.</param>
/// <param name="isOnly">Whether messages leave the column's name away, since there is no other.</param>
internal sealed class ColumnRules(InputColumn column, bool isOnly)
{
    // Years 1 to 9999, in microseconds since 1970.
    private const long EarliestTime = -62_135_596_800_000_000;
    private const long LatestTime = 253_402_300_799_999_999;

    // As the values are: 0.1 as a float is above 0.1.
    private readonly float lowest = (float)(column.Minimum ?? double.NegativeInfinity);
    private readonly float highest = (float)(column.Maximum ?? double.PositiveInfinity);
    private readonly InputRules texts = InputRules.For(column);

    public InputColumn Column => column;

    /// <summary>Whether a column's values come as these.</summary>
    public bool Reads(InputValues values) => (column.Type, values) switch
    {
        (InputType.Number, InputValues.Numbers) => true,
        (InputType.Integer or InputType.Boolean or InputType.Timestamp, InputValues.Integers) => true,
        (InputType.Text or InputType.HostName or InputType.Category, InputValues.Texts) => true,
        _ => false,
    };

    /// <summary>The text as the graph reads it; empty where it is missing and may be.</summary>
    /// <exception cref="RefusedInputException">It is no value of the column.</exception>
    public string Normalize(string? text, long row)
    {
        if (text is not null && texts.IsPlain(text))
        {
            return text;
        }

        return Judge(text) switch
        {
            null => "",
            InputCheck.Accepted accepted => accepted.Text,
            InputCheck.Refused refused => throw new RefusedInputException(row, refused.Reason),
            _ => throw new InvalidOperationException("Unknown outcome of an input check."),
        };
    }

    /// <exception cref="RefusedInputException">A number is no value of the column.</exception>
    public void Demand(ReadOnlySpan<float> values, long firstRow)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!IsSound(values[i]))
            {
                throw new RefusedInputException(firstRow + i, Fault(values[i])!);
            }
        }
    }

    /// <exception cref="RefusedInputException">A number is no value of the column.</exception>
    public void Demand(ReadOnlySpan<long> values, ReadOnlySpan<bool> present, long firstRow)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (Fault(present.IsEmpty || present[i] ? values[i] : null) is { } fault)
            {
                throw new RefusedInputException(firstRow + i, fault);
            }
        }
    }

    /// <summary>Why a row's value is refused; null where it is not.</summary>
    public string? Fault(InputValues values, int row) => values switch
    {
        InputValues.Numbers numbers => Fault(numbers.Values[row]),
        InputValues.Integers integers => Fault(integers.IsMissing(row) ? null : integers.Values[row]),
        InputValues.Texts some => (Judge(some.Values[row]) as InputCheck.Refused)?.Reason,
        _ => throw new ArgumentException($"The values of column '{column.Name}' are {values.GetType().Name}.", nameof(values)),
    };

    private InputCheck? Judge(string? text)
    {
        if (text is null)
        {
            return column.Nullable ? null : new InputCheck.Refused(Sentence("missing", texts.Expected));
        }

        InputCheck check = texts.Check(text);
        return check is InputCheck.Refused refused && !isOnly ? new InputCheck.Refused($"column '{column.Name}': {refused.Reason}") : check;
    }

    private bool IsSound(float value) => float.IsNaN(value) ? column.Nullable : value >= lowest && value <= highest && float.IsFinite(value);

    private string? Fault(float value) => IsSound(value)
        ? null
        : Sentence(float.IsNaN(value) ? "missing" : value.ToString("R", CultureInfo.InvariantCulture), Expected("a finite number"));

    private string? Fault(long? value)
    {
        if (value is not { } number)
        {
            return column.Nullable ? null : Sentence("missing", Expected(Noun));
        }

        bool isSound = column.Type switch
        {
            InputType.Boolean => number is 0 or 1,
            InputType.Timestamp => number is >= EarliestTime and <= LatestTime,
            _ => !(number < column.Minimum) && !(number > column.Maximum),
        };
        return isSound ? null : Sentence(number.ToString(CultureInfo.InvariantCulture), Expected(Noun));
    }

    private string Noun => column.Type switch
    {
        InputType.Boolean => "true or false",
        InputType.Timestamp => "microseconds since 1970 of a time in the years 1 to 9999",
        _ => "a whole number",
    };

    private string Expected(string noun) => (column.Minimum, column.Maximum) switch
    {
        ({ } minimum, { } maximum) => string.Create(CultureInfo.InvariantCulture, $"{noun} from {minimum} to {maximum}"),
        ({ } minimum, null) => string.Create(CultureInfo.InvariantCulture, $"{noun} of at least {minimum}"),
        (null, { } maximum) => string.Create(CultureInfo.InvariantCulture, $"{noun} of at most {maximum}"),
        _ => noun,
    };

    private string Sentence(string found, string expected) => $"column '{column.Name}' is {found}; expected {expected}";
}
