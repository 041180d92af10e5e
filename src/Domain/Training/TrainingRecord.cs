using System.Collections.Immutable;

namespace Lifecycle.Domain.Training;

/// <summary>What a trainer tells of a training besides the model.</summary>
public sealed record TrainingRecord
{
    /// <summary>How much each feature did; null where the trainer does not tell.</summary>
    public FeatureImportance? Importance { get; init; }

    /// <summary>The loss, round by round; null where the trainer does not look at it.</summary>
    public LearningCurve? Curve { get; init; }
}

/// <summary>How much each feature does in a model.</summary>
/// <param name="Measure">What the numbers are.</param>
/// <param name="Values">By feature, in the order of the vector; of several scores all features of the first one, then those of the next.</param>
public sealed record FeatureImportance(ImportanceMeasure Measure, ImmutableArray<double> Values)
{
    /// <summary>The size of a feature's importance: the sum of its absolute values over the scores.</summary>
    /// <param name="feature">Its place in the vector.</param>
    /// <param name="featureCount">Length of the vector.</param>
    public double SizeOf(int feature, int featureCount)
    {
        double sum = 0;
        for (int at = feature; at < Values.Length; at += featureCount)
        {
            sum += Math.Abs(Values[at]);
        }

        return sum;
    }
}

/// <summary>What the importance of a feature is.</summary>
public enum ImportanceMeasure
{
    /// <summary>By how much its splits lowered the objective, over all trees.</summary>
    Gain,

    /// <summary>By how much the score moves with one standard deviation of the feature.</summary>
    StandardisedCoefficient,
}

/// <summary>The loss of a training, round by round.</summary>
/// <param name="Loss">What is measured, in words, such as <c>loss of objective tweedie</c>.</param>
/// <param name="Points">Some of the rounds, in their order.</param>
/// <param name="Kept">The round that the model is from: later ones were not kept.</param>
public sealed record LearningCurve(string Loss, ImmutableArray<LearningPoint> Points, int Kept);

/// <summary>The loss after a round.</summary>
/// <param name="Round">The round, counted from 1.</param>
/// <param name="Training">Mean loss of the rows that it learns from; null where nobody looked after this round.</param>
/// <param name="Validation">Mean loss of the rows that it stops by; null where there are none.</param>
public sealed record LearningPoint(int Round, double? Training, double? Validation);
