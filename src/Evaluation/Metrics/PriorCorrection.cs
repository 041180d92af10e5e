using System.Collections.Immutable;
using Lifecycle.Evaluation.Rows;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>
/// Moves probabilities from some shares of the classes to others, by Bayes' rule: an offset on the logit
/// (Saerens, Latinne and Decaestecker 2002; Elkan 2001). The ranking of two classes stays as it is.
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

    /// <summary>The probabilities of each class that hold where the classes have the slice's own shares, by class and row.</summary>
    internal static double[][] Of(SliceAnswers answers)
    {
        int classes = answers.Target.ClassNames.Length;
        double[] shares = [.. Enumerable.Range(0, classes).Select(position => answers.WeightOfClass(position) / answers.Weight)];
        ImmutableArray<double> assumed = answers.AssumedShares.IsEmpty ? [.. Enumerable.Repeat(1.0 / classes, classes)] : answers.AssumedShares;
        double[][] corrected = [.. Enumerable.Range(0, classes).Select(_ => new double[answers.Count])];
        for (int i = 0; i < answers.Count; i++)
        {
            double sum = 0;
            for (int position = 0; position < classes; position++)
            {
                sum += corrected[position][i] = answers.AnswerOf(i)[position] * shares[position] / assumed[position];
            }

            for (int position = 0; position < classes; position++)
            {
                corrected[position][i] = sum > 0 ? corrected[position][i] / sum : shares[position];
            }
        }

        return corrected;
    }
}
