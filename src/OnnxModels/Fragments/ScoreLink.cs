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

    /// <summary>Appends the link's nodes, and returns the name of the answers.</summary>
    public abstract string Append(ScoreNodes nodes, string scores);

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

    /// <summary>Probability of class k = exp(score k) over the sum of all exp(score).</summary>
    public sealed record Softmax : ScoreLink
    {
        /// <inheritdoc/>
        [JsonIgnore]
        public override ParityMeasure Parity => ParityMeasure.Absolute;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string ScaleOfScores => "score of the class, before softmax";

        /// <inheritdoc/>
        public override string Append(ScoreNodes nodes, string scores) =>
            nodes.Writer.Node(OperatorDomains.Standard, "Softmax", nodes.Named("linked_scores"), [scores], Attributes.Integer("axis", 1));
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
