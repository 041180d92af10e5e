using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Kinds;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Training;

/// <summary>How a model is trained. Same data, seed and thread count give the same bytes, so both are recorded.</summary>
[JsonConverter(typeof(KindConverter<TrainerDefinition>))]
public abstract partial record TrainerDefinition : IHasKinds<TrainerDefinition>
{
    private static readonly ImmutableSortedDictionary<string, double> NoWeights = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>The kinds of trainers; a definition that names none means LightGBM.</summary>
    public static KindList<TrainerDefinition> Kinds { get; } = new KindList<TrainerDefinition> { Default = "lightGbm" }
        .Add<LightGbm>("lightGbm")
        .Add<FastTree>("fastTree")
        .Add<Linear>("linear");

    /// <summary>Seed of every random choice in training.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Number of threads; part of the result's identity, see the type.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>
    /// How much a row of a class counts, by the class as the label's column writes it: 1 where none is named. Not together with a trainer
    /// that makes all classes count alike. Null, and left out of JSON, weighs all rows by themselves.
    /// </summary>
    public ImmutableSortedDictionary<string, double>? ClassWeights { get; init; }

    /// <summary>What it is, in a few words for people.</summary>
    [JsonIgnore]
    public abstract string Sentence { get; }

    /// <summary>Whether a part of the TrainingSet is set aside for it to watch while it trains.</summary>
    [JsonIgnore]
    public virtual bool NeedsValidation => false;

    /// <summary>Whether all classes counted alike, whatever their share of the rows, so that answers must be corrected for it.</summary>
    [JsonIgnore]
    public virtual bool WeighsClassesAlike => false;

    /// <summary>The same trainer, to learn a quantile of numbers instead; null where it cannot.</summary>
    /// <param name="level">The quantile, between 0 and 1.</param>
    public virtual TrainerDefinition? ForQuantile(double level) => null;

    /// <summary>What its answers estimate of the labels' distribution; null where nobody says.</summary>
    public virtual Elicited? Learns(Target target) => null;

    /// <summary>What keeps the trainer from learning a target, as a sentence's end for people; null if nothing does that is known before there are rows.</summary>
    public virtual string? Conflict(Target target) => null;

    /// <summary>What keeps the trainer from a label that is a number, as a sentence's end for people; null if nothing does.</summary>
    public virtual string? ConflictOfLabel(double label) => null;

    /// <inheritdoc/>
    public virtual bool Equals(TrainerDefinition? other) => other is not null && EqualityContract == other.EqualityContract
        && (Seed, Threads) == (other.Seed, other.Threads) && (ClassWeights ?? NoWeights).SequenceEqual(other.ClassWeights ?? NoWeights);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, Seed, Threads, ClassWeights?.Count);

    /// <summary>Gradient-boosted trees by LightGBM.</summary>
    public sealed record LightGbm : ByObjective
    {
        /// <summary>Number of trees, for each class where there are several; at most, with early stopping.</summary>
        public int Trees { get; init; } = 300;

        /// <summary>Leaves of a tree at most.</summary>
        public int Leaves { get; init; } = 31;

        /// <summary>Shrinkage of each tree's vote.</summary>
        public double LearningRate { get; init; } = 0.1;

        /// <summary>Rows in a leaf at least.</summary>
        public int MinimumRowsPerLeaf { get; init; } = 20;

        /// <summary>Share of rows that a tree sees.</summary>
        public double RowShare { get; init; } = 0.8;

        /// <summary>Share of features that a tree sees.</summary>
        public double FeatureShare { get; init; } = 0.5;

        /// <summary>L2 regularisation.</summary>
        public double L2 { get; init; } = 1;

        /// <summary>Stops when the validation part has not improved for this many trees; null grows them all.</summary>
        public int? EarlyStopping { get; init; }

        /// <summary>Directions in which an answer may move with a numeric input, by the column's name: 1 up, -1 down.</summary>
        public ImmutableSortedDictionary<string, int> Monotone { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Sentence => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"LightGBM, {Trees} trees x {Leaves} leaves, learning rate {LearningRate}, seed {Seed}, {Threads} threads");

        /// <inheritdoc/>
        [JsonIgnore]
        public override bool NeedsValidation => EarlyStopping is not null;

        // Quantiles are set anew in each leaf, and no direction outlives that.
        /// <inheritdoc/>
        public override TrainerDefinition ForQuantile(double level) =>
            this with { Objective = TrainingObjective.Quantile, ObjectiveParameter = level, Monotone = Monotone.Clear() };

        /// <inheritdoc/>
        public bool Equals(LightGbm? other) => other is not null && base.Equals(other)
            && (Trees, Leaves, LearningRate, MinimumRowsPerLeaf, RowShare, FeatureShare, L2, EarlyStopping)
                == (other.Trees, other.Leaves, other.LearningRate, other.MinimumRowsPerLeaf, other.RowShare, other.FeatureShare, other.L2, other.EarlyStopping)
            && Monotone.SequenceEqual(other.Monotone);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Trees, Leaves, LearningRate, MinimumRowsPerLeaf, L2);
    }

    /// <summary>A generalised linear model: a weighted sum of the standardised features behind the objective's link. Nothing is drawn, so the seed means nothing.</summary>
    public sealed record Linear : ByObjective
    {
        /// <summary>L2 regularisation.</summary>
        public double L2 { get; init; } = 1;

        /// <summary>Steps of the minimisation at most; it stops before where the loss falls no further.</summary>
        public int Iterations { get; init; } = 1000;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Sentence => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"linear model, L2 {L2}, at most {Iterations} steps, {Threads} threads");

        /// <inheritdoc/>
        public override string? Conflict(Target target) => base.Conflict(target)
            ?? (Objective is TrainingObjective.Absolute or TrainingObjective.Huber or TrainingObjective.Quantile
                ? $"objective is {ObjectiveRules.Name(Objective.Value)}, and a linear model learns means; expected squared, poisson, gamma or tweedie, or the trainer lightGbm"
                : null);
    }
}

/// <summary>What a trainer minimises.</summary>
public enum TrainingObjective
{
    /// <summary>Logarithmic loss of two classes.</summary>
    Binary,

    /// <summary>Logarithmic loss of several classes, by softmax.</summary>
    Multiclass,

    /// <summary>Squared error; answers are means.</summary>
    Squared,

    /// <summary>Absolute error; answers are medians.</summary>
    Absolute,

    /// <summary>Squared error up to δ, then absolute (Huber 1964).</summary>
    Huber,

    /// <summary>Pinball loss; answers are quantiles (Koenker and Bassett 1978).</summary>
    Quantile,

    /// <summary>Poisson deviance, log link; labels not negative.</summary>
    Poisson,

    /// <summary>Gamma deviance, log link; labels above zero.</summary>
    Gamma,

    /// <summary>Tweedie deviance, log link, power between 1 and 2; labels not negative.</summary>
    Tweedie,
}
