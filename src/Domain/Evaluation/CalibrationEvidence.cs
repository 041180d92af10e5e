using System.Collections.Immutable;

namespace Lifecycle.Domain.Evaluation;

/// <summary>
/// Rows with neighbouring predictions, and what was really seen among them: the share of a class, the mean label, or, where the
/// loss elicits a quantile, the share of labels below the prediction.
/// </summary>
/// <param name="RowCount">Rows in the bin.</param>
/// <param name="Share">Their share of the slice's weight.</param>
/// <param name="Predicted">Mean prediction; a probability is corrected for the slice's class shares.</param>
/// <param name="Observed">What was seen.</param>
/// <param name="Lower">Lower bound of the interval of <see cref="Observed"/>: at 95% where it is drawn, at <see cref="CalibrationEvidence.Level"/> where it is judged.</param>
/// <param name="Upper">Upper bound of it.</param>
public sealed record CalibrationBin(int RowCount, double Share, double Predicted, double Observed, double Lower, double Upper);

/// <summary>How predictions and labels of the primary slice agree, for the gate.</summary>
public sealed record CalibrationEvidence
{
    /// <summary>The class whose probability it is; null where an answer is one number.</summary>
    public string? Class { get; init; }

    /// <summary>All rows together.</summary>
    public required CalibrationBin Total { get; init; }

    /// <summary>The rows in bins of equal weight, in increasing order of prediction.</summary>
    public required ImmutableArray<CalibrationBin> Bins { get; init; }

    /// <summary>
    /// Confidence level of each interval, so high that with 95% all that the gate looks at, of every class, hold at once. It was 95% for
    /// each in reports from before, which say nothing of it.
    /// </summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Standard deviation of the labels.</summary>
    public required double LabelDeviation { get; init; }

    /// <summary>Whether a label is negative, so that a ratio of means says nothing.</summary>
    public bool HasNegativeLabels { get; init; }
}

/// <summary>How much the Challenger's answers on the primary slice differ from the Champion's.</summary>
/// <param name="AnswerShift">95% of the answers differ by at most this; of several probabilities the largest difference counts.</param>
/// <param name="DecisionsChanged">Share of rows whose decision changed, the likeliest class where the target names no rule; null where answers are numbers.</param>
public sealed record ChurnEvidence(double AnswerShift, double? DecisionsChanged);
