using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Lifecycle.Domain.Schemas;

/// <summary>
/// A model's answer to one row, as people and programs read it; its kind follows the <see cref="AnswerForm"/> of the target, and its
/// JSON has no other members than its own.
/// </summary>
[JsonDerivedType(typeof(OfPositive))]
[JsonDerivedType(typeof(OfClasses))]
[JsonDerivedType(typeof(OfNumber))]
public abstract record Prediction
{
    /// <summary>The one number that stands for the answer: the probability, that of the likeliest class, or the value.</summary>
    [JsonIgnore]
    public abstract float Leading { get; }

    /// <summary>The probability of each class, in the order of the target; empty where the answer is one number.</summary>
    [JsonIgnore]
    public virtual ImmutableArray<float> ByClass => [];

    /// <summary>The prediction that a model's numbers are.</summary>
    /// <param name="target">What the model predicts.</param>
    /// <param name="answer">The numbers of one row, as many as the target is wide.</param>
    public static Prediction Of(Target target, ReadOnlySpan<float> answer) => target.Answer switch
    {
        AnswerForm.Probability => new OfPositive(answer[0]) { Decision = target.Decides is { } rule ? target.ClassNames[rule.IsPositive(answer[0]) ? 1 : 0] : null },
        AnswerForm.Probabilities => OfClasses.Of(target.ClassNames.AsSpan(), answer),
        AnswerForm.Value => new OfNumber(answer[0], target.AnswerUnit),
        _ => throw new InvalidOperationException($"{target.Answer} is no form of an answer."),
    };

    /// <summary>The class that the answer says: the likeliest, or the one that the target's rule decides for; null where it says none.</summary>
    [JsonIgnore]
    public virtual string? Class => null;

    /// <summary>The same with the interval that the model gives it; unchanged where an answer is no number.</summary>
    /// <param name="interval">The interval.</param>
    public virtual Prediction Within(PredictionInterval interval) => this;

    /// <summary>How probable the positive class is.</summary>
    /// <param name="Probability">From 0 to 1.</param>
    public sealed record OfPositive(float Probability) : Prediction
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override float Leading => Probability;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string? Class => Decision;

        /// <summary>The class that the target's rule decides for; null, and left out of JSON, where the target has none.</summary>
        public string? Decision { get; init; }
    }

    /// <summary>How probable each class is.</summary>
    /// <param name="Label">The likeliest class, the first of several that are as likely.</param>
    /// <param name="Probabilities">By class, in the order of the target; together 1.</param>
    public sealed record OfClasses(string Label, IReadOnlyDictionary<string, float> Probabilities) : Prediction
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override float Leading => Probabilities[Label];

        /// <inheritdoc/>
        [JsonIgnore]
        public override string? Class => Label;

        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<float> ByClass => [.. Probabilities.Values];

        /// <summary>Position of the likeliest class in an answer; of classes with the same probability, the first.</summary>
        public static int LikeliestOf(ReadOnlySpan<float> answer)
        {
            int likeliest = 0;
            for (int position = 1; position < answer.Length; position++)
            {
                likeliest = answer[position] > answer[likeliest] ? position : likeliest;
            }

            return likeliest;
        }

        internal static OfClasses Of(ReadOnlySpan<string> classes, ReadOnlySpan<float> answer)
        {
            OrderedDictionary<string, float> probabilities = new(StringComparer.Ordinal);
            for (int i = 0; i < classes.Length; i++)
            {
                probabilities.Add(classes[i], answer[i]);
            }

            return new OfClasses(classes[LikeliestOf(answer)], probabilities);
        }
    }

    /// <summary>A number.</summary>
    /// <param name="Value">The number.</param>
    /// <param name="Unit">Its unit; null where it has none.</param>
    public sealed record OfNumber(float Value, string? Unit) : Prediction
    {
        /// <summary>Where it may turn out to lie; null where the model gives no intervals.</summary>
        public PredictionInterval? Interval { get; init; }

        /// <inheritdoc/>
        public override Prediction Within(PredictionInterval interval) => this with { Interval = interval };

        /// <inheritdoc/>
        [JsonIgnore]
        public override float Leading => Value;
    }
}

/// <summary>Where a number may turn out to lie.</summary>
/// <param name="Lower">Its lower end.</param>
/// <param name="Upper">Its upper end.</param>
/// <param name="Coverage">The share of labels that shall lie within such intervals.</param>
public sealed record PredictionInterval(float Lower, float Upper, double Coverage);
