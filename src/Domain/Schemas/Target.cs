using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Kinds;

namespace Lifecycle.Domain.Schemas;

/// <summary>
/// What a model predicts: the column with the label, and what an answer is. It knows nothing of trainers. A label travels as a number: the
/// position of its class in <see cref="ClassNames"/>, or, where there are no classes, the value itself.
/// </summary>
[JsonConverter(typeof(KindConverter<Target>))]
public abstract record Target : IHasKinds<Target>
{
    /// <summary>The kinds of targets.</summary>
    public static KindList<Target> Kinds { get; } = new KindList<Target>()
        .Add<Binary>("binary")
        .Add<Multiclass>("multiclass")
        .Add<Regression>("regression");

    /// <summary>Snapshot column with the label.</summary>
    public string Label { get; init; } = "label";

    /// <summary>What the labels are, as their column writes them, in their order; none where the label is a number.</summary>
    [JsonIgnore]
    public abstract ImmutableArray<string> ClassNames { get; }

    /// <summary>What a model of this target answers.</summary>
    [JsonIgnore]
    public abstract AnswerForm Answer { get; }

    /// <summary>Unit of label and answer; null where there is none.</summary>
    [JsonIgnore]
    public virtual string? AnswerUnit => null;

    /// <summary>What an answer decides; null where it decides nothing but the likeliest class, or nothing at all.</summary>
    [JsonIgnore]
    public virtual DecisionRule? Decides => null;

    /// <summary>Numbers in one answer.</summary>
    [JsonIgnore]
    public int Width => Answer == AnswerForm.Probabilities ? ClassNames.Length : 1;

    /// <summary>What a model of it answers, in words.</summary>
    [JsonIgnore]
    public string Sentence => Answer switch
    {
        AnswerForm.Probability => $"the probability of '{ClassNames[^1]}' against '{ClassNames[0]}'",
        AnswerForm.Probabilities => $"the probabilities of {string.Join(", ", ClassNames.Select(name => $"'{name}'"))}",
        _ => AnswerUnit is null ? "a number" : $"a number of {AnswerUnit}",
    };

    /// <summary>Whether models of both can be held against each other: their answers mean the same, whatever column the labels came from and whatever is decided by them.</summary>
    public bool AnswersLike(Target other) => (other with { Label = Label }).WithoutDecision() == WithoutDecision();

    /// <summary>The same target without what its answers decide.</summary>
    protected virtual Target WithoutDecision() => this;

    /// <summary>Two classes; the answer is the probability of the positive one.</summary>
    public sealed record Binary : Target
    {
        /// <summary>The label of the positive class, as its column writes it.</summary>
        public string Positive { get; init; } = "1";

        /// <summary>The label of the other class.</summary>
        public string Negative { get; init; } = "0";

        /// <summary>From which probability on an answer decides for the positive class; null leaves that to whoever asks.</summary>
        public DecisionRule? Decision { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<string> ClassNames => [Negative, Positive];

        /// <inheritdoc/>
        [JsonIgnore]
        public override AnswerForm Answer => AnswerForm.Probability;

        /// <inheritdoc/>
        [JsonIgnore]
        public override DecisionRule? Decides => Decision;

        /// <inheritdoc/>
        protected override Target WithoutDecision() => this with { Decision = null };
    }

    /// <summary>Several classes; the answer is the probability of each.</summary>
    public sealed record Multiclass : Target
    {
        /// <summary>The classes, in the order of the answer's probabilities.</summary>
        public required ImmutableArray<string> Classes { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<string> ClassNames => Classes;

        /// <inheritdoc/>
        [JsonIgnore]
        public override AnswerForm Answer => AnswerForm.Probabilities;

        /// <inheritdoc/>
        public bool Equals(Multiclass? other) => other is not null && Label == other.Label && Classes.SequenceEqual(other.Classes);

        /// <inheritdoc/>
        public override int GetHashCode() => Classes.Aggregate(Label.GetHashCode(StringComparison.Ordinal), HashCode.Combine);
    }

    /// <summary>A number; the answer is one.</summary>
    public sealed record Regression : Target
    {
        /// <summary>Unit of label and answer, such as <c>minutes</c>; null where there is none.</summary>
        public string? Unit { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override ImmutableArray<string> ClassNames => [];

        /// <inheritdoc/>
        [JsonIgnore]
        public override AnswerForm Answer => AnswerForm.Value;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string? AnswerUnit => Unit;
    }
}

/// <summary>The form of an answer, and so the graph's outputs.</summary>
public enum AnswerForm
{
    /// <summary>The probability of the positive class: <c>probability</c>, float [N].</summary>
    Probability,

    /// <summary>The probability of each class: <c>probabilities</c>, float [N, classes], and <c>label</c>, string [N], the likeliest.</summary>
    Probabilities,

    /// <summary>A number: <c>value</c>, float [N].</summary>
    Value,
}
