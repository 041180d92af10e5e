using Lifecycle.Domain.Training;

namespace Lifecycle.Training.Linear;

/// <summary>What an objective makes of one row: its loss, and the slopes of it by the row's scores. Each is convex.</summary>
/// <param name="objective">The objective.</param>
/// <param name="power">The power of tweedie.</param>
internal sealed class RowLoss(TrainingObjective objective, double? power)
{
    /// <summary>The loss of a row.</summary>
    /// <param name="scores">The row's scores; replaced by the slopes.</param>
    /// <param name="label">Its label, in the unit that is learnt.</param>
    public double Take(Span<double> scores, double label)
    {
        double score = scores[0];
        switch (objective)
        {
            case TrainingObjective.Binary:
                scores[0] = Probability(score) - label;
                return Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs(score))) - (label * score);
            case TrainingObjective.Multiclass:
                double own = scores[(int)label];
                double logarithm = Share(scores);
                scores[(int)label] -= 1;
                return logarithm - own;
            case TrainingObjective.Squared:
                scores[0] = score - label;
                return (score - label) * (score - label) / 2;
            case TrainingObjective.Poisson:
                scores[0] = Math.Exp(score) - label;
                return Math.Exp(score) - (label * score);
            case TrainingObjective.Gamma:
                scores[0] = 1 - (label * Math.Exp(-score));
                return score + (label * Math.Exp(-score));
            case TrainingObjective.Tweedie:
                double low = Math.Exp((1 - power!.Value) * score);
                double high = Math.Exp((2 - power.Value) * score);
                scores[0] = high - (label * low);
                return (high / (2 - power.Value)) - (label * low / (1 - power.Value));
            default:
                throw new InvalidOperationException($"A linear model does not learn the objective {objective}.");
        }
    }

    /// <summary>1 / (1 + exp(−score)).</summary>
    public static double Probability(double score) => 1 / (1 + Math.Exp(-score));

    /// <summary>Replaces scores by their softmax, and returns the logarithm of the sum of their exponentials.</summary>
    public static double Share(Span<double> scores)
    {
        double largest = double.NegativeInfinity;
        foreach (double score in scores)
        {
            largest = Math.Max(largest, score);
        }

        double sum = 0;
        foreach (ref double score in scores)
        {
            score = Math.Exp(score - largest);
            sum += score;
        }

        foreach (ref double score in scores)
        {
            score /= sum;
        }

        return largest + Math.Log(sum);
    }
}
