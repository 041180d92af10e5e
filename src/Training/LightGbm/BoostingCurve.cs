using System.Collections.Immutable;
using Lifecycle.Domain.Training;

namespace Lifecycle.Training.LightGbm;

/// <summary>
/// Takes down the losses while trees are grown. The validation's are there anyhow; those of the training cost a pass over all rows, and so
/// some fifty rounds are enough.
/// </summary>
/// <param name="booster">What grows.</param>
/// <param name="trainer">The hyperparameters as used.</param>
/// <param name="weights">Weights that LightGBM does not take its own training loss by; none where it does.</param>
/// <param name="labels">The labels of the training rows.</param>
internal sealed class BoostingCurve(Booster booster, TrainerDefinition.LightGbm trainer, float[] weights, ImmutableArray<double> labels)
{
    private const int Looks = 50;
    private const double SmallestProbability = 1e-15;

    private readonly int stride = Math.Max(1, trainer.Trees / Looks);
    private readonly ImmutableArray<LearningPoint>.Builder points = ImmutableArray.CreateBuilder<LearningPoint>();

    private int last;

    /// <summary>A round is done.</summary>
    public void Add(int round, double? validation)
    {
        last = round;
        bool looks = round == 1 || round % stride == 0;
        if (looks || validation is not null)
        {
            points.Add(new LearningPoint(round, looks ? TrainingLoss() : null, validation));
        }
    }

    /// <summary>The curve; null where no round was grown.</summary>
    /// <param name="kept">How many rounds the model keeps, or <see cref="Booster.AllRounds"/>.</param>
    public LearningCurve? Close(int kept)
    {
        if (last == 0)
        {
            return null;
        }

        LearningPoint? end = points.LastOrDefault();
        if (end?.Round != last)
        {
            points.Add(new LearningPoint(last, TrainingLoss(), Validation: null));
        }
        else if (end.Training is null)
        {
            points[^1] = end with { Training = TrainingLoss() };
        }

        return new LearningCurve($"loss of objective {ObjectiveRules.Name(trainer.Objective!.Value)}", points.ToImmutable(), kept == Booster.AllRounds ? last : kept);
    }

    private double TrainingLoss()
    {
        if (weights.Length == 0)
        {
            return booster.TrainingLoss();
        }

        // Two classes that LightGBM balances itself, behind the back of its measures.
        double[] predictions = booster.TrainingPredictions();
        (double sum, double total) = (0, 0);
        for (int row = 0; row < predictions.Length; row++)
        {
            double probability = labels[row] == 1 ? predictions[row] : 1 - predictions[row];
            sum -= weights[row] * Math.Log(Math.Max(probability, SmallestProbability));
            total += weights[row];
        }

        return sum / total;
    }
}
