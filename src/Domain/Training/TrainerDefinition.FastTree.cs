using System.Text.Json.Serialization;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Training;

public abstract partial record TrainerDefinition
{
    /// <summary>Gradient-boosted trees by FastTree of ML.NET; one thread grows them, and several classes are told apart one against all others.</summary>
    public sealed record FastTree : TrainerDefinition
    {
        /// <summary>What is minimised, one of binary, multiclass, squared and tweedie; null takes what suits the target: binary, multiclass or squared.</summary>
        public TrainingObjective? Objective { get; init; }

        /// <summary>Parameter of the objective: the power of tweedie.</summary>
        public double? ObjectiveParameter { get; init; }

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

        /// <summary>Weighs all classes alike, whatever their share of the rows; means nothing where labels are numbers.</summary>
        public bool BalanceClasses { get; init; } = true;

        /// <inheritdoc/>
        [JsonIgnore]
        public override string Sentence => string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"FastTree, {Trees} trees x {Leaves} leaves, learning rate {LearningRate}, seed {Seed}, one thread");

        /// <inheritdoc/>
        [JsonIgnore]
        public override bool WeighsClassesAlike => BalanceClasses;

        /// <inheritdoc/>
        public override string? Conflict(Target target) => ObjectiveRules.Conflict(target, Objective, ObjectiveParameter)
            ?? (Objective is { } objective and not (TrainingObjective.Binary or TrainingObjective.Multiclass or TrainingObjective.Squared or TrainingObjective.Tweedie)
                ? $"objective is {ObjectiveRules.Name(objective)}, which FastTree does not have; expected squared or tweedie, or the trainer lightGbm"
                : null);

        /// <inheritdoc/>
        public override string? ConflictOfLabel(double label) => Objective is { } objective ? ObjectiveRules.ConflictOfLabel(objective, label) : null;
    }
}
