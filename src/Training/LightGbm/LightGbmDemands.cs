using Lifecycle.Domain.Training;
using Lifecycle.Training.Trainers;
using static Lifecycle.Training.Trainers.UntrainableException;

namespace Lifecycle.Training.LightGbm;

/// <summary>What must hold of hyperparameters, and of labels for an objective; LightGBM itself would end in a native error, or in a constant.</summary>
internal static class LightGbmDemands
{
    /// <exception cref="UntrainableException">Something does not hold.</exception>
    public static void Demand(TrainingTask task, TrainerDefinition.LightGbm trainer)
    {
        Demand(trainer);
        if (ObjectiveRules.Conflict(task.Target, trainer.Objective, trainer.ObjectiveParameter) is { } conflict)
        {
            throw new UntrainableException(conflict);
        }

        DemandLabels(trainer.Objective!.Value, task.Rows, "training");
        if (task.Validation is { } validation)
        {
            DemandLabels(trainer.Objective.Value, validation, "validation");
        }
    }

    private static void DemandLabels(TrainingObjective objective, LabelledFeatures rows, string what)
    {
        for (int row = 0; row < rows.Labels.Length; row++)
        {
            // As LightGBM will see it: a float.
            if (ObjectiveRules.ConflictOfLabel(objective, (float)rows.Labels[row]) is { } conflict)
            {
                throw new UntrainableException($"{what} row {row} has {conflict}");
            }
        }
    }

    private static void Demand(TrainerDefinition.LightGbm trainer)
    {
        ThrowUnless(trainer.Trees >= 1, $"trees is {trainer.Trees}; expected at least 1");
        ThrowUnless(trainer.Leaves >= 2, $"leaves is {trainer.Leaves}; expected at least 2");
        ThrowUnless(trainer.LearningRate is > 0 and <= 1, $"learningRate is {trainer.LearningRate}; expected more than 0 and at most 1");
        ThrowUnless(trainer.MinimumRowsPerLeaf >= 1, $"minimumRowsPerLeaf is {trainer.MinimumRowsPerLeaf}; expected at least 1");
        ThrowUnless(trainer.RowShare is > 0 and <= 1, $"rowShare is {trainer.RowShare}; expected more than 0 and at most 1");
        ThrowUnless(trainer.FeatureShare is > 0 and <= 1, $"featureShare is {trainer.FeatureShare}; expected more than 0 and at most 1");
        ThrowUnless(trainer.L2 is >= 0 and < double.PositiveInfinity, $"l2 is {trainer.L2}; expected a finite number, not negative");
        ThrowUnless(trainer.Threads >= 1, $"threads is {trainer.Threads}; expected at least 1");
        ThrowUnless(trainer.EarlyStopping is not < 1, $"earlyStopping is {trainer.EarlyStopping}; expected at least 1, or none at all");
        ThrowUnless(
            trainer.Monotone.IsEmpty || trainer.Objective is not (TrainingObjective.Multiclass or TrainingObjective.Absolute or TrainingObjective.Quantile),
            $"monotone does not go with objective {ObjectiveRules.Name(trainer.Objective!.Value)}: classes push each other, and medians and quantiles are set anew in each leaf; expected another objective, or no monotone");
    }
}
