namespace Lifecycle.Evaluation.Metrics;

/// <summary>Logarithmic loss of two classes, in nats.</summary>
public static class LogLoss
{
    /// <summary>Loss of one prediction: minus the logarithm of the probability given to what happened.</summary>
    public static double Of(double probability, bool label) => Domain.Evaluation.Losses.LogLoss.Of(label ? probability : 1 - probability);

    /// <summary>Mean of the two classes' means from their sums and weights; a class without weight takes no part.</summary>
    internal static double BalancedMean(double positive, double positiveWeight, double negative, double negativeWeight) =>
        StrataMean.Of([negative, positive], [negativeWeight, positiveWeight]);
}
