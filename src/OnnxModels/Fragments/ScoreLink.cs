using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Kinds;
using Lifecycle.Domain.Training;
using Lifecycle.OnnxModels.Protocol;

namespace Lifecycle.OnnxModels.Fragments;

/// <summary>What makes answers of raw scores, float [N, K] to float [N, K].</summary>
[JsonConverter(typeof(KindConverter<ScoreLink>))]
public abstract record ScoreLink : IHasKinds<ScoreLink>
{
    /// <summary>The kinds of links; a document that names none is logistic.</summary>
    public static KindList<ScoreLink> Kinds { get; } = new KindList<ScoreLink> { Default = "logistic" }
        .Add<Identity>("identity")
        .Add<Logistic>("logistic")
        .Add<Softmax>("softmax")
        .Add<OneAgainstAll>("oneAgainstAll")
        .Add<Exponential>("exponential");

    /// <summary>What parity calls a difference of answers behind this link.</summary>
    [JsonIgnore]
    public abstract ParityMeasure Parity { get; }

    /// <summary>What a raw score in front of it is, in words for people.</summary>
    [JsonIgnore]
    public virtual string ScaleOfScores => "raw score, before the link";

    /// <summary>Refuses numbers that would make every answer NaN.</summary>
    /// <exception cref="InvalidFragmentException">There is one.</exception>
    public virtual void RequireSound()
    {
    }

    /// <summary>
    /// The link behind which classes count as often as they come, of scores that were learnt with the weight of each class's rows multiplied: it takes
    /// the factor's logarithm off the class's score (Saerens, Latinne and Decaestecker 2002; King and Zeng 2001).
    /// </summary>
    /// <param name="factors">The factors, class by class.</param>
    /// <exception cref="NotSupportedException">The answers are no probabilities of classes.</exception>
    public virtual ScoreLink Without(ImmutableArray<double> factors) => throw new NotSupportedException($"Answers behind '{GetType().Name}' are no probabilities of classes; nothing can be taken off them.");

    /// <summary>Appends the link's nodes, and returns the name of the answers.</summary>
    public abstract string Append(ScoreNodes nodes, string scores);

    private static void RequireSound(ImmutableArray<float>? offsets) => InvalidFragmentException.ThrowUnless(
        offsets is null || offsets.Value.All(float.IsFinite), "link has an offset that is not finite; expected a number for each class");

    private static ImmutableArray<float> Less(ImmutableArray<float>? offsets, ImmutableArray<double> factors) =>
        [.. factors.Select((factor, name) => (float)((offsets?[name] ?? 0) - Math.Log(factor)))];

    /// <summary>The scores are the answers.</summary>
    public sealed record Identity : ScoreLink
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ParityMeasure Parity => ParityMeasure.Scaled;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string ScaleOfScores => "the answer itself";

        /// <inheritdoc/>
        public override string Append(ScoreNodes nodes, string scores) => scores;
    }

    /// <summary>
    /// probability = 1 / (1 + exp(−(Slope · score + Offset))). LightGBM's sigmoid parameter is the slope with no offset; Platt's
    /// calibration sets both (J. Platt, 1999, with the signs of both parameters turned).
    /// </summary>
    public sealed record Logistic(float Slope, float Offset) : ScoreLink
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ParityMeasure Parity => ParityMeasure.Absolute;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string ScaleOfScores => this == new Logistic(1, 0)
            ? "log-odds"
            : string.Create(CultureInfo.InvariantCulture, $"raw score s; the log-odds are {Slope:R} · s {(Offset < 0 ? '−' : '+')} {Math.Abs(Offset):R}");

        /// <inheritdoc/>
        public override void RequireSound() => InvalidFragmentException.ThrowUnless(
            float.IsFinite(Slope) && float.IsFinite(Offset), $"link has slope {Slope} and offset {Offset}; expected finite numbers");

        /// <inheritdoc/>
        public override ScoreLink Without(ImmutableArray<double> factors) => this with { Offset = (float)(Offset - Math.Log(factors[1] / factors[0])) };

        /// <inheritdoc/>
        public override string Append(ScoreNodes nodes, string scores)
        {
            if (this != new Logistic(1, 0))
            {
                string scaled = nodes.Node("Mul", "scaled_score", scores, nodes.Constant("link_slope", [Slope], 1));
                scores = nodes.Node("Add", "logit", scaled, nodes.Constant("link_offset", [Offset], 1));
            }

            return nodes.Node("Sigmoid", "linked_scores", scores);
        }
    }

    /// <summary>Probability of class k = exp(score k + offset k) over the sum of all classes'.</summary>
    public sealed record Softmax : ScoreLink
    {
        /// <summary>Added to each class's score; null adds nothing.</summary>
        public ImmutableArray<float>? Offsets { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override ParityMeasure Parity => ParityMeasure.Absolute;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string ScaleOfScores => Offsets is null ? "score of the class, before softmax" : "score of the class, before its offset and softmax";

        /// <inheritdoc/>
        public override void RequireSound() => RequireSound(Offsets);

        /// <inheritdoc/>
        public override ScoreLink Without(ImmutableArray<double> factors) => this with { Offsets = Less(Offsets, factors) };

        /// <inheritdoc/>
        public override string Append(ScoreNodes nodes, string scores)
        {
            string shifted = Offsets is { } offsets ? nodes.Node("Add", "shifted_scores", scores, nodes.Constant("class_offsets", offsets.AsSpan(), 1, offsets.Length)) : scores;
            return nodes.Writer.Node(OperatorDomains.Standard, "Softmax", nodes.Named("linked_scores"), [shifted], Attributes.Integer("axis", 1));
        }
    }

    /// <summary>
    /// Probability of class k = s(score k) over the sum of all s(score), with s(x) = 1 / (1 + exp(−(Slope · x + Offset))): of scores that each tell
    /// one class from all others. Since log s(x) = −log(1 + exp(−x)), it is a softmax, and no sum of it is 0.
    /// </summary>
    public sealed record OneAgainstAll(float Slope, float Offset) : ScoreLink
    {
        /// <summary>Added to the logarithm of each s; null adds nothing.</summary>
        public ImmutableArray<float>? Offsets { get; init; }

        /// <inheritdoc/>
        [JsonIgnore]
        public override ParityMeasure Parity => ParityMeasure.Absolute;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string ScaleOfScores => "score of the class against all others, before the link";

        /// <inheritdoc/>
        public override void RequireSound()
        {
            new Logistic(Slope, Offset).RequireSound();
            RequireSound(Offsets);
        }

        /// <inheritdoc/>
        public override ScoreLink Without(ImmutableArray<double> factors) => this with { Offsets = Less(Offsets, factors) };

        /// <inheritdoc/>
        public override string Append(ScoreNodes nodes, string scores)
        {
            string scaled = nodes.Node("Mul", "scaled_score", scores, nodes.Constant("link_slope", [-Slope], 1));
            string against = nodes.Node("Add", "logit_of_others", scaled, nodes.Constant("link_offset", [-Offset], 1));
            return new Softmax { Offsets = Offsets }.Append(nodes, nodes.Node("Neg", "log_probability", nodes.Node("Softplus", "log_of_one_over_probability", against)));
        }
    }

    /// <summary>answer = exp(score), of means with a log link.</summary>
    public sealed record Exponential : ScoreLink
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ParityMeasure Parity => ParityMeasure.Relative;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string ScaleOfScores => "natural logarithm of the answer";

        /// <inheritdoc/>
        public override string Append(ScoreNodes nodes, string scores) => nodes.Node("Exp", "linked_scores", scores);
    }
}
