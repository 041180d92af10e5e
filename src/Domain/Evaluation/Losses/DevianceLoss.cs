using static System.FormattableString;

namespace Lifecycle.Domain.Evaluation.Losses;

/// <summary>
/// A unit deviance of the mean (Jørgensen 1987): zero where prediction and label agree. It grows without bound as the prediction goes
/// to zero, so predictions below <see cref="FloorShare"/> of the mean label count as that.
/// </summary>
public abstract record DevianceLoss : ValueLoss
{
    /// <summary>The floor of predictions as a share of the mean label.</summary>
    public const double FloorShare = 1e-6;

    /// <inheritdoc/>
    public sealed override Elicited Elicits { get; } = new(ElicitedKind.Mean);

    /// <inheritdoc/>
    public sealed override bool IsDeviance => true;

    /// <inheritdoc/>
    public sealed override double? FloorFor(ReadOnlySpan<double> labels)
    {
        double sum = 0;
        foreach (double label in labels)
        {
            sum += label;
        }

        return Math.Max(0, FloorShare * sum / Math.Max(1, labels.Length));
    }

    /// <inheritdoc/>
    public override string? ProblemWith(double label) => label >= 0 ? null : $"{Title} asks for labels that are not negative";
}

/// <summary>Poisson deviance, for counts.</summary>
public sealed record PoissonLoss : DevianceLoss
{
    /// <inheritdoc/>
    public override string Text => "poisson";

    /// <inheritdoc/>
    public override string Title => "Poisson deviance";

    /// <inheritdoc/>
    public override double Of(double label, double prediction) =>
        2 * ((label > 0 ? label * Math.Log(label / prediction) : 0) - (label - prediction));
}

/// <summary>Gamma deviance, for amounts above zero.</summary>
public sealed record GammaLoss : DevianceLoss
{
    /// <inheritdoc/>
    public override string Text => "gamma";

    /// <inheritdoc/>
    public override string Title => "gamma deviance";

    /// <inheritdoc/>
    public override string? ProblemWith(double label) => label > 0 ? null : "gamma deviance asks for labels above zero";

    /// <inheritdoc/>
    public override double Of(double label, double prediction) => 2 * ((label / prediction) - 1 - Math.Log(label / prediction));
}

/// <summary>Tweedie deviance between Poisson and gamma, for amounts of which many are zero (Jørgensen 1987).</summary>
/// <param name="Power">p, between 1 and 2.</param>
public sealed record TweedieLoss(double Power) : DevianceLoss
{
    /// <inheritdoc/>
    public override string Text => Invariant($"tweedie({Power})");

    /// <inheritdoc/>
    public override string Title => Invariant($"Tweedie deviance (p {Power})");

    /// <inheritdoc/>
    public override double Of(double label, double prediction)
    {
        double known = label > 0 ? Math.Pow(label, 2 - Power) / ((1 - Power) * (2 - Power)) : 0;
        double crossed = label > 0 ? label * Math.Pow(prediction, 1 - Power) / (1 - Power) : 0;
        return 2 * (known - crossed + (Math.Pow(prediction, 2 - Power) / (2 - Power)));
    }
}
