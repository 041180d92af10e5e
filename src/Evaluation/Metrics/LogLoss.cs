using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>Logarithmic loss, in nats.</summary>
public static class LogLoss
{
    /// <summary>Probabilities below this count as this: a model that is certain and wrong loses 16.1 nats, not infinity.</summary>
    public const double SmallestProbability = 1e-7;

    /// <summary>Loss of one prediction: minus the logarithm of the probability given to what happened.</summary>
    public static double Of(double probability, bool label) =>
        -Math.Log(Math.Max(SmallestProbability, label ? probability : 1 - probability));

    /// <summary>Weighted mean loss, and the mean of the two classes' means (of the one class where there is only one).</summary>
    internal static (double Mean, double Balanced) MeansOf(ScoredRows scored)
    {
        double positive = 0;
        double negative = 0;
        foreach (ScoredRow row in scored.Rows)
        {
            double loss = row.Weight * Of(row.Probability, row.Label);
            positive += row.Label ? loss : 0;
            negative += row.Label ? 0 : loss;
        }

        double mean = (positive + negative) / scored.Weight;
        return (mean, BalancedMean(positive, scored.PositiveWeight, negative, scored.NegativeWeight));
    }

    /// <summary>Mean of the two classes' means from their sums and weights; a class without weight takes no part.</summary>
    internal static double BalancedMean(double positive, double positiveWeight, double negative, double negativeWeight) =>
        (positiveWeight, negativeWeight) switch
        {
            ( > 0, > 0) => ((positive / positiveWeight) + (negative / negativeWeight)) / 2,
            ( > 0, _) => positive / positiveWeight,
            _ => negative / negativeWeight,
        };
}
