using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;

namespace Lifecycle.Domain.Evaluation.Losses;

/// <summary>
/// Logarithmic loss, in nats: minus the logarithm of the probability given to what happened (Good 1952). Balanced, it is the mean
/// of the classes' means, and the least that a constant can lose is that of giving all classes the same probability.
/// </summary>
public sealed record LogLoss : Loss
{
    /// <summary>Probabilities below this count as this: a model that is certain and wrong loses 16.1 nats, not infinity.</summary>
    public const double SmallestProbability = 1e-7;

    /// <summary>A logarithmic loss.</summary>
    /// <param name="isBalanced">See <see cref="Loss.IsBalanced"/>.</param>
    public LogLoss(bool isBalanced) => IsBalanced = isBalanced;

    /// <inheritdoc/>
    public override bool IsBalanced { get; }

    /// <inheritdoc/>
    public override string Text => IsBalanced ? "balancedLogLoss" : "logLoss";

    /// <inheritdoc/>
    public override string Title => IsBalanced ? "balanced log loss" : "log loss";

    /// <inheritdoc/>
    public override Elicited Elicits { get; } = new(ElicitedKind.Probabilities);

    /// <summary>Loss of the probability given to what happened.</summary>
    public static double Of(double probability) => -Math.Log(Math.Max(SmallestProbability, probability));

    /// <inheritdoc/>
    public override bool Fits(Target target) => target.Answer != AnswerForm.Value;

    /// <inheritdoc/>
    public override double[] Of(Answers answers, ReadOnlySpan<double> labels, double? floor = null)
    {
        double[] losses = new double[labels.Length];
        for (int row = 0; row < losses.Length; row++)
        {
            losses[row] = Of(Answers.ProbabilityOf(answers.Of(row), (int)labels[row]));
        }

        return losses;
    }
}
