namespace Lifecycle.Evaluation.Metrics;

/// <summary>
/// Moves probabilities from one share of class 1 to another, by Bayes' rule: an offset on the logit
/// (Saerens, Latinne and Decaestecker 2002; Elkan 2001). The ranking stays as it is.
/// </summary>
public static class PriorCorrection
{
    /// <summary>The probability that holds where class 1 has the share <paramref name="rate"/>.</summary>
    /// <param name="probability">Probability as the model gives it.</param>
    /// <param name="assumedRate">Share of class 1 that the model takes for granted, between 0 and 1.</param>
    /// <param name="rate">Share of class 1 where it is used, between 0 and 1.</param>
    public static double Of(double probability, double assumedRate, double rate)
    {
        double positive = probability * rate / assumedRate;
        double negative = (1 - probability) * (1 - rate) / (1 - assumedRate);
        return positive / (positive + negative);
    }
}
