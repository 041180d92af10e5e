using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Kinds;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.References;

/// <summary>
/// An answer that somebody wrote down: a number, which is the probability of the positive class or the value itself, or the share of each
/// class. What it must be goes by the form of the target's answer, here and nowhere else.
/// </summary>
[TwoForms(Scalar = typeof(double), Mapping = typeof(ImmutableSortedDictionary<string, double>))]
[JsonConverter(typeof(StatedAnswerConverter))]
public sealed record StatedAnswer
{
    private const double SumTolerance = 1e-6;

    /// <summary>The number; null where shares are given.</summary>
    public double? Number { get; init; }

    /// <summary>The share of each class; none where a number is given.</summary>
    public ImmutableSortedDictionary<string, double> Shares { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>What is answered where nothing was written down: classes alike; null for a number, of which nobody can know.</summary>
    public static StatedAnswer? DefaultFor(Target target) => target.Answer switch
    {
        AnswerForm.Probability => new() { Number = 0.5 },
        AnswerForm.Probabilities => new() { Shares = target.ClassNames.ToImmutableSortedDictionary(name => name, _ => 1.0 / target.ClassNames.Length, StringComparer.Ordinal) },
        _ => null,
    };

    /// <summary>The numbers of the answer to a row whose label is known: a class has so much confidence and the others share the rest, a number is itself.</summary>
    /// <param name="target">The target.</param>
    /// <param name="label">The label, as the target numbers it.</param>
    /// <param name="confidence">Probability of the known class.</param>
    public static ImmutableArray<float> OfKnown(Target target, double label, double confidence)
    {
        float sure = (float)confidence;
        return target.Answer switch
        {
            AnswerForm.Probability => [label == 1 ? sure : 1 - sure],
            AnswerForm.Probabilities => [.. Enumerable.Range(0, target.Width).Select(place => place == (int)label ? sure : (1 - sure) / (target.Width - 1))],
            _ => [(float)label],
        };
    }

    /// <summary>An answer in words.</summary>
    /// <param name="target">The target.</param>
    /// <param name="answer">Its numbers.</param>
    public static string Told(Target target, ImmutableArray<float> answer) => target.Answer switch
    {
        AnswerForm.Probabilities => string.Join(", ", target.ClassNames.Zip(answer, (name, share) => FormattableString.Invariant($"{name} {share:0.####}"))),
        AnswerForm.Value when target.AnswerUnit is { } unit => FormattableString.Invariant($"{answer[0]:0.####} {unit}"),
        _ => FormattableString.Invariant($"{answer[0]:0.####}"),
    };

    /// <summary>The key of a rule that states an answer for a target.</summary>
    public static string KeyFor(Target target) => target.Answer switch
    {
        AnswerForm.Probability => "probability",
        AnswerForm.Probabilities => "shares",
        _ => "value",
    };

    /// <summary>Why it is no answer for a target, as a sentence's end; null where it is one.</summary>
    public string? ProblemWith(Target target) => target.Answer switch
    {
        AnswerForm.Probability => Number is > 0 and < 1 ? null : "no probability between 0 and 1: a belief that is wrong once must not cost infinitely",
        AnswerForm.Probabilities => SharesProblem(target.ClassNames),
        _ => Number is { } number && float.IsFinite((float)number) ? null : "no number that 32 bits can hold",
    };

    /// <summary>The numbers of the answer.</summary>
    /// <exception cref="InvalidOperationException">It is no answer for the target.</exception>
    public ImmutableArray<float> For(Target target) => ProblemWith(target) is { } problem
        ? throw new InvalidOperationException($"The answer is {problem}.")
        : target.Answer == AnswerForm.Probabilities ? [.. target.ClassNames.Select(name => (float)Shares[name])] : [(float)Number!.Value];

    private string? SharesProblem(ImmutableArray<string> classes) =>
        classes.FirstOrDefault(name => !Shares.ContainsKey(name)) is { } missing ? $"without a share of class '{missing}'; give one of {string.Join(", ", classes)} each"
        : Shares.Keys.FirstOrDefault(name => !classes.Contains(name)) is { } unknown ? $"with a share of '{unknown}', which is no class; the classes are {string.Join(", ", classes)}"
        : Shares.Values.Any(share => share is not (> 0 and < 1)) ? "with a share that is not between 0 and 1: a belief that is wrong once must not cost infinitely"
        : Math.Abs(Shares.Values.Sum() - 1) > SumTolerance ? FormattableString.Invariant($"with shares whose sum is {Shares.Values.Sum():0.######}; expected 1")
        : null;
}

/// <summary>Writes a number as one, and shares as an object.</summary>
internal sealed class StatedAnswerConverter : JsonConverter<StatedAnswer>
{
    /// <inheritdoc/>
    public override StatedAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.Number
        ? new StatedAnswer { Number = reader.GetDouble() }
        : new StatedAnswer { Shares = JsonSerializer.Deserialize<ImmutableSortedDictionary<string, double>>(ref reader, options) ?? throw new JsonException("It is null, expected a number, or shares.") };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, StatedAnswer value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.Shares, options);
        }
    }
}
