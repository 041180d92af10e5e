namespace Lifecycle.Domain.Promotions;

/// <summary>What is compared between a new Champion and the one before.</summary>
public enum PromotionFigureKind
{
    /// <summary>Population stability index of the predictions of both on the same inputs.</summary>
    Predictions,

    /// <summary>Share of refused inputs, against what the old Champion refuses of the same.</summary>
    Refusals,

    /// <summary>Median latency, against the old Champion's last period.</summary>
    MedianLatency,

    /// <summary>99th percentile of the latency, against the old Champion's last period.</summary>
    TailLatency,

    /// <summary>Loss of both on the same labelled rows.</summary>
    Loss,
}

/// <summary>One figure as measured at a look.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Before">The old Champion's value; for predictions the mean of them, or the share of <see cref="Class"/> among them.</param>
/// <param name="Now">The new Champion's value, likewise.</param>
/// <param name="Effect">The difference in the unit of the policy's bound: an index, a rise, a ratio, a share.</param>
/// <param name="LowerBound">What of the effect chance does not explain, at the level of the look.</param>
/// <param name="Rows">Independent observations behind it: different inputs; for latencies rows, on the side that has fewer.</param>
public sealed record PromotionFigure(
    PromotionFigureKind Kind, double Before, double Now, double Effect, double LowerBound, long Rows)
{
    /// <summary>For predictions of several classes the one whose share changed most; null for other figures.</summary>
    public string? Class { get; init; }

    /// <summary>Why it says nothing; null when it does. Its numbers must not be used then.</summary>
    public string? Inconclusive { get; init; }

    /// <summary>The figure where its numbers are finite; else one that is inconclusive, with zeros for what is no number.</summary>
    public PromotionFigure OrInconclusive()
    {
        if (double.IsFinite(Before) && double.IsFinite(Now) && double.IsFinite(Effect) && double.IsFinite(LowerBound))
        {
            return this;
        }

        return this with
        {
            Before = double.IsFinite(Before) ? Before : 0,
            Now = double.IsFinite(Now) ? Now : 0,
            Effect = 0,
            LowerBound = 0,
            Inconclusive = "its values cannot be held against each other: one is zero or no number",
        };
    }
}
