using System.Collections.Immutable;
using Lifecycle.Domain.Training;

namespace Lifecycle.Training.Linear;

/// <summary>
/// The unit in which labels are learnt, so that the same L2 does the same to seconds and to hours: labels of mean 1 behind a logarithm, of mean
/// 0 and deviation 1 without a link, and classes as they are.
/// </summary>
/// <param name="Origin">What is taken off a label.</param>
/// <param name="Length">What it is divided by afterwards.</param>
internal sealed record LabelUnit(double Origin, double Length)
{
    public static LabelUnit Of(TrainingObjective objective, ImmutableArray<double> labels, double[] weights)
    {
        if (objective is TrainingObjective.Binary or TrainingObjective.Multiclass)
        {
            return new LabelUnit(0, 1);
        }

        double total = weights.Sum();
        double mean = labels.Select((label, row) => label * weights[row]).Sum() / total;
        return objective == TrainingObjective.Squared
            ? new LabelUnit(mean, Math.Sqrt(labels.Select((label, row) => (label - mean) * (label - mean) * weights[row]).Sum() / total))
            : new LabelUnit(0, mean);
    }

    /// <summary>Labels in this unit.</summary>
    public double[] Convert(ImmutableArray<double> labels) => [.. labels.Select(label => (label - Origin) / Length)];

    /// <summary>What was learnt in this unit, in the labels' own.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="scale">The features' scale.</param>
    /// <param name="point">Weights, score after score, and then the intercepts.</param>
    /// <param name="scores">Scores of a row.</param>
    public LinearCoefficients Restore(TrainingObjective objective, FeatureScale scale, double[] point, int scores)
    {
        bool isLogarithm = LinearCoefficients.LinkOf(objective) is OnnxModels.Fragments.ScoreLink.Exponential;
        double factor = isLogarithm ? 1 : Length;
        double shift = isLogarithm ? Math.Log(Length) : Origin;
        return new LinearCoefficients
        {
            Objective = objective,
            Scale = scale,
            Weights = [.. point[..^scores].Select(weight => weight * factor)],
            Intercepts = [.. point[^scores..].Select(intercept => (intercept * factor) + shift)],
        };
    }
}
