using System.Text.Json.Serialization;
using Lifecycle.Domain.Evaluation.Losses;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Training;

public abstract partial record TrainerDefinition
{
    /// <summary>A trainer that minimises an objective over the rows.</summary>
    public abstract record ByObjective : TrainerDefinition
    {
        /// <summary>What is minimised, of what the trainer has; null takes what suits the target: binary, multiclass or squared.</summary>
        public TrainingObjective? Objective { get; init; }

        /// <summary>Parameter of the objective: δ of huber, the quantile of quantile, the power of tweedie.</summary>
        public double? ObjectiveParameter { get; init; }

        /// <summary>Weighs all classes alike, whatever their share of the rows; means nothing where labels are numbers.</summary>
        public bool BalanceClasses { get; init; } = true;

        /// <inheritdoc/>
        [JsonIgnore]
        public override bool WeighsClassesAlike => BalanceClasses;

        /// <summary>The same with objective and parameter as a training for a target takes them.</summary>
        public ByObjective For(Target target)
        {
            TrainingObjective objective = ObjectiveRules.Choose(target, Objective);
            return this with { Objective = objective, ObjectiveParameter = ObjectiveRules.Parameter(objective, ObjectiveParameter) };
        }

        /// <inheritdoc/>
        public override Elicited? Learns(Target target) => ObjectiveRules.Elicits(ObjectiveRules.Choose(target, Objective), ObjectiveParameter);

        /// <inheritdoc/>
        public override string? Conflict(Target target) => ObjectiveRules.Conflict(target, Objective, ObjectiveParameter);

        /// <inheritdoc/>
        public override string? ConflictOfLabel(double label) => Objective is { } objective ? ObjectiveRules.ConflictOfLabel(objective, label) : null;
    }
}
