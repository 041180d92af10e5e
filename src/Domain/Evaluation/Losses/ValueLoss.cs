using Lifecycle.Domain.Rows;
using Lifecycle.Domain.Schemas;
using static System.FormattableString;

namespace Lifecycle.Domain.Evaluation.Losses;

/// <summary>A loss of numbers.</summary>
public abstract record ValueLoss : Loss
{
    /// <summary>Loss of one prediction.</summary>
    public abstract double Of(double label, double prediction);

    /// <inheritdoc/>
    public override bool Fits(Target target) => target.Answer == AnswerForm.Value;

    /// <inheritdoc/>
    public override double[] Of(Answers answers, ReadOnlySpan<double> labels, double? floor = null)
    {
        double least = floor ?? FloorFor(labels) ?? double.NegativeInfinity;
        double[] losses = new double[labels.Length];
        for (int row = 0; row < losses.Length; row++)
        {
            losses[row] = Of(labels[row], Math.Max(least, answers.Values[row]));
        }

        return losses;
    }
}

/// <summary>Absolute error; the answer that loses least is the median.</summary>
public sealed record AbsoluteLoss : ValueLoss
{
    /// <inheritdoc/>
    public override string Text => "absolute";

    /// <inheritdoc/>
    public override string Title => "absolute error";

    /// <inheritdoc/>
    public override Elicited Elicits { get; } = new(ElicitedKind.Quantile);

    /// <inheritdoc/>
    public override double Of(double label, double prediction) => Math.Abs(label - prediction);
}

/// <summary>Squared error; the answer that loses least is the mean.</summary>
public sealed record SquaredLoss : ValueLoss
{
    /// <inheritdoc/>
    public override string Text => "squared";

    /// <inheritdoc/>
    public override string Title => "squared error";

    /// <inheritdoc/>
    public override Elicited Elicits { get; } = new(ElicitedKind.Mean);

    /// <inheritdoc/>
    public override double Of(double label, double prediction) => (label - prediction) * (label - prediction);
}

/// <summary>Half the squared error up to δ, beyond it straight on (Huber 1964).</summary>
/// <param name="Delta">δ, above zero.</param>
public sealed record HuberLoss(double Delta) : ValueLoss
{
    /// <inheritdoc/>
    public override string Text => Invariant($"huber({Delta})");

    /// <inheritdoc/>
    public override string Title => Invariant($"Huber loss (δ {Delta})");

    /// <inheritdoc/>
    public override Elicited Elicits { get; } = new(ElicitedKind.Centre);

    /// <inheritdoc/>
    public override double Of(double label, double prediction)
    {
        double error = Math.Abs(label - prediction);
        return error <= Delta ? error * error / 2 : Delta * (error - (Delta / 2));
    }
}

/// <summary>Pinball loss; the answer that loses least is the quantile at α (Koenker and Bassett 1978).</summary>
/// <param name="Alpha">α, between 0 and 1.</param>
public sealed record PinballLoss(double Alpha) : ValueLoss
{
    /// <inheritdoc/>
    public override string Text => Invariant($"pinball({Alpha})");

    /// <inheritdoc/>
    public override string Title => Invariant($"pinball loss (α {Alpha})");

    /// <inheritdoc/>
    public override Elicited Elicits => new(ElicitedKind.Quantile, Alpha);

    /// <inheritdoc/>
    public override double Of(double label, double prediction) =>
        label >= prediction ? Alpha * (label - prediction) : (1 - Alpha) * (prediction - label);
}
