using Lifecycle.Domain.Training;
using Lifecycle.Training.Trainers;
using static Lifecycle.Training.Trainers.UntrainableException;

namespace Lifecycle.Training.LightGbm;

/// <summary>What must hold of hyperparameters; LightGBM itself would end in a native error, or in a constant.</summary>
internal static class LightGbmDemands
{
    /// <exception cref="UntrainableException">Something does not hold.</exception>
    public static void Demand(TrainingTask task, TrainerDefinition.LightGbm trainer)
    {
        Demand(trainer);
        TrainingDemands.DemandObjective(task, trainer.Objective!.Value);
    }

    private static void Demand(TrainerDefinition.LightGbm trainer)
    {
        TreeDemands.Demand(trainer.Trees, trainer.Leaves, trainer.LearningRate, trainer.MinimumRowsPerLeaf, trainer.RowShare, trainer.FeatureShare);
        ThrowUnless(trainer.L2 is >= 0 and < double.PositiveInfinity, $"l2 is {trainer.L2}; expected a finite number, not negative");
        ThrowUnless(trainer.Threads >= 1, $"threads is {trainer.Threads}; expected at least 1");
        ThrowUnless(trainer.EarlyStopping is not < 1, $"earlyStopping is {trainer.EarlyStopping}; expected at least 1, or none at all");
        ThrowUnless(
            trainer.Monotone.IsEmpty || trainer.Objective is not (TrainingObjective.Multiclass or TrainingObjective.Absolute or TrainingObjective.Quantile),
            $"monotone does not go with objective {ObjectiveRules.Name(trainer.Objective!.Value)}: classes push each other, and medians and quantiles are set anew in each leaf; expected another objective, or no monotone");
    }
}
