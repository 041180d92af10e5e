using System.Collections.Immutable;
using Lifecycle.Domain.Training;

namespace Lifecycle.Training.Trainers;

/// <summary>
/// The unit in which labels are learnt, so that the same hyperparameters do the same to seconds and to hours: labels of mean 1 behind a logarithm, of mean
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

    /// <summary>What makes scores in the labels' own unit of scores learnt in this one: factor · score + shift.</summary>
    /// <param name="isLogarithm">Whether answers are exp(score).</param>
    public (double Factor, double Shift) OfScores(bool isLogarithm) => isLogarithm ? (1, Math.Log(Length)) : (Length, Origin);
}
