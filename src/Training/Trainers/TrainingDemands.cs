using Lifecycle.Domain.Training;

namespace Lifecycle.Training.Trainers;

/// <summary>What must hold before a training starts; LightGBM itself would end in a native error, or in a constant.</summary>
internal static class TrainingDemands
{
    /// <exception cref="UntrainableException">Something does not hold.</exception>
    public static void Demand(IReadOnlyList<TrainingRow> rows, TrainerDefinition.LightGbm trainer)
    {
        Demand(trainer);
        int positives = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            float weight = rows[row].Weight;
            if (!float.IsFinite(weight) || weight < 0)
            {
                throw new UntrainableException($"training row {row} has weight {weight}; expected a finite number, not negative");
            }

            positives += rows[row].Label ? 1 : 0;
        }

        Demand(
            positives > 0 && positives < rows.Count,
            $"the training set has {rows.Count} rows, {positives} of them with label 1; expected rows of both classes");
    }

    private static void Demand(TrainerDefinition.LightGbm trainer)
    {
        Demand(trainer.Trees >= 1, $"trees is {trainer.Trees}; expected at least 1");
        Demand(trainer.Leaves >= 2, $"leaves is {trainer.Leaves}; expected at least 2");
        Demand(trainer.LearningRate is > 0 and <= 1, $"learningRate is {trainer.LearningRate}; expected more than 0 and at most 1");
        Demand(trainer.MinimumRowsPerLeaf >= 1, $"minimumRowsPerLeaf is {trainer.MinimumRowsPerLeaf}; expected at least 1");
        Demand(trainer.RowShare is > 0 and <= 1, $"rowShare is {trainer.RowShare}; expected more than 0 and at most 1");
        Demand(trainer.FeatureShare is > 0 and <= 1, $"featureShare is {trainer.FeatureShare}; expected more than 0 and at most 1");
        Demand(trainer.L2 is >= 0 and < double.PositiveInfinity, $"l2 is {trainer.L2}; expected a finite number, not negative");
        Demand(trainer.Threads >= 1, $"threads is {trainer.Threads}; expected at least 1");
    }

    private static void Demand(bool holds, string message)
    {
        if (!holds)
        {
            throw new UntrainableException(message);
        }
    }
}
