using System.Text.Json.Serialization;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Training;

public abstract partial record TrainerDefinition
{
    /// <summary>Gradient-boosted trees by FastTree of ML.NET; one thread grows them, and several classes are told apart one against all others.</summary>
    public sealed record FastTree : ByObjective
    {
        /// <summary>Number of trees, for each class where there are several.</summary>
        public int Trees { get; init; } = 300;

        /// <summary>Leaves of a tree at most.</summary>
        public int Leaves { get; init; } = 31;

        /// <summary>Shrinkage of each tree's vote.</summary>
        public double LearningRate { get; init; } = 0.1;

        /// <summary>Rows in a leaf at least.</summary>
        public int MinimumRowsPerLeaf { get; init; } = 20;

        /// <summary>Share of rows that a tree sees.</summary>
        public double RowShare { get; init; } = 1;

        /// <summary>Share of features that a tree sees.</summary>
        public double FeatureShare { get; init; } = 1;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Sentence => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"FastTree, {Trees} trees x {Leaves} leaves, learning rate {LearningRate}, seed {Seed}, one thread");

        /// <inheritdoc/>
        public override string? Conflict(Target target) => base.Conflict(target)
            ?? (Objective is { } objective and not (TrainingObjective.Binary or TrainingObjective.Multiclass or TrainingObjective.Squared or TrainingObjective.Tweedie)
                ? $"objective is {ObjectiveRules.Name(objective)}, which FastTree does not have; expected squared or tweedie, or the trainer lightGbm"
                : null);
    }
}
