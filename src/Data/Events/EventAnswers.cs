using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Data.Events;

/// <summary>Reads predictions and labels of a file as a target has them; nothing is guessed.</summary>
internal sealed class EventAnswers
{
    // What others wrote was rounded.
    private const double SumTolerance = 0.001;

    private static readonly ImmutableArray<string> Truths = ["0", "1", "false", "true"];

    private readonly Target target;
    private readonly string? label;

    /// <summary>Reads by a target.</summary>
    /// <exception cref="InvalidDataSourceException">The columns of predictions are not those of the target's answer.</exception>
    public EventAnswers(EventColumns columns, Target target)
    {
        (this.target, label) = (target, columns.Label);
        Columns = target.Answer != AnswerForm.Probabilities ? One(columns.Predictions) : columns.Predictions is [] ? [] : ByClass(columns.Predictions);
    }

    /// <summary>Columns of the predictions, in the order of the answer's numbers.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>A row with its prediction and its label.</summary>
    public EventRow Read(EventRow row, Func<string, string?> field, ref string? fault) => ReadLabel(ReadPrediction(row, field, ref fault), field, ref fault);

    private ImmutableArray<string> One(ImmutableArray<string> given) => given is [] or [_]
        ? given
        : throw new InvalidDataSourceException($"predictions of {target.Label} are one number; name one column of them, not {ShownText.Names(given)}");

    private ImmutableArray<string> ByClass(ImmutableArray<string> given)
    {
        string expected = $"expected CLASS=COLUMN for each of {ShownText.Names(target.ClassNames)}";
        string[] found = [.. target.ClassNames.Select(name => given.FirstOrDefault(one => one.StartsWith($"{name}=", StringComparison.Ordinal))
            ?? throw new InvalidDataSourceException($"no column of predictions is named for class '{ShownText.Of(name)}'; {expected}"))];
        return given.FirstOrDefault(one => !found.Contains(one)) is { } stranger
            ? throw new InvalidDataSourceException($"'{ShownText.Of(stranger)}' names no column of predictions of a class, or one too many; {expected}")
            : [.. target.ClassNames.Zip(found, (name, one) => one[(name.Length + 1)..])];
    }

    private EventRow ReadPrediction(EventRow row, Func<string, string?> field, ref string? fault)
    {
        ImmutableArray<string?> texts = [.. Columns.Select(field)];
        if (texts.All(text => text is null))
        {
            return row;
        }

        float[] numbers = new float[texts.Length];
        string expected = target.Answer == AnswerForm.Value ? "a number such as 12.5" : "a probability, 0 to 1";
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is not { } text)
            {
                fault ??= $"column '{ShownText.Of(Columns[i])}' has no value, and another class has a probability; expected {expected}";
            }
            else if (!float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !float.IsFinite(numbers[i]) || (target.Answer != AnswerForm.Value && numbers[i] is < 0 or > 1))
            {
                fault ??= Wrong(Columns[i], text, expected);
            }
        }

        if (numbers is [var only])
        {
            return row with { Prediction = only };
        }

        double sum = numbers.Sum(number => (double)number);
        fault ??= Math.Abs(sum - 1) > SumTolerance ? string.Create(CultureInfo.InvariantCulture, $"the probabilities of the classes are {sum:0.###} together; expected 1") : null;
        return row with { Prediction = numbers[Prediction.OfClasses.LikeliestOf(numbers)], Answers = [.. numbers] };
    }

    private EventRow ReadLabel(EventRow row, Func<string, string?> field, ref string? fault)
    {
        if (label is null || field(label) is not { } text)
        {
            return row;
        }

        if (target.Answer == AnswerForm.Probabilities)
        {
            fault ??= target.ClassNames.Contains(text) ? null : Wrong(label, text, $"one of {ShownText.Names(target.ClassNames)}");
            return row with { Class = text };
        }

        double? number = target.ClassNames.IsEmpty ? Amount(text) : Position(text);
        fault ??= number is null ? Wrong(label, text, Expected) : null;
        return row with { Label = number };
    }

    private string Expected => target.ClassNames.IsEmpty ? "a finite number of at most 3.4e38 in size" : string.Join(" or ", target.ClassNames.Select(ShownText.Of));

    private static double? Amount(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) <= float.MaxValue ? number : null;

    // 0 and 1, or false and true, are the classes by their numbers, unless a class has such a name itself and means something else by it.
    private double? Position(string text)
    {
        int named = target.ClassNames.IndexOf(text);
        bool isNumbered = target.ClassNames is ["0", "1"] || !target.ClassNames.Any(Truths.Contains);
        return named >= 0 ? named : isNumbered && Truths.Contains(text) ? Truths.IndexOf(text) % 2 : null;
    }

    private static string Wrong(string column, string text, string expected) => $"column '{ShownText.Of(column)}' holds '{ShownText.Of(text)}'; expected {expected}";
}
