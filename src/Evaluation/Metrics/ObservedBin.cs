using System.Collections.Immutable;
using Lifecycle.Domain.Evaluation;
using Lifecycle.Domain.Evaluation.Losses;

namespace Lifecycle.Evaluation.Metrics;

/// <summary>A bin before it is said how sure its interval shall be.</summary>
/// <param name="RowCount">Rows in the bin.</param>
/// <param name="Share">Their share of the slice's weight.</param>
/// <param name="Predicted">Mean prediction.</param>
/// <param name="Observed">What was seen.</param>
/// <param name="IntervalAt">The interval of what was seen that leaves a tail on either side.</param>
internal sealed record ObservedBin(int RowCount, double Share, double Predicted, double Observed, Func<double, (double Lower, double Upper)> IntervalAt)
{
    /// <summary>The bin with an interval of this confidence level.</summary>
    public CalibrationBin At(double level)
    {
        (double lower, double upper) = IntervalAt((1 - level) / 2);
        return new CalibrationBin(RowCount, Share, Predicted, Observed, lower, upper);
    }
}

/// <summary>What was seen of one answer's calibration on a slice.</summary>
/// <param name="Class">The class whose probability it is; null where an answer is one number.</param>
/// <param name="Total">All rows together.</param>
/// <param name="Bins">The bins, in increasing order of prediction.</param>
/// <param name="LabelDeviation">Standard deviation of the labels.</param>
/// <param name="HasNegativeLabels">Whether a label is negative.</param>
internal sealed record ObservedCalibration(string? Class, ObservedBin Total, ImmutableArray<ObservedBin> Bins, double LabelDeviation, bool HasNegativeLabels = false)
{
    private const double Level = 0.95;

    /// <summary>The bins as they are drawn, each with an interval of its own.</summary>
    public ImmutableArray<CalibrationBin> Drawn => [.. Bins.Select(bin => bin.At(Level))];

    /// <summary>
    /// The evidence for the gate. Whoever looks at forty intervals of 95% finds two broken in a sound model, so the level is shared out
    /// evenly over all at which the gate looks (Bonferroni).
    /// </summary>
    public static ImmutableArray<CalibrationEvidence> Judged(IReadOnlyCollection<ObservedCalibration> answers, Elicited elicits)
    {
        int intervals = answers.Sum(answer => 1 + (elicits.IsJudgedInBins ? answer.Bins.Length : 0));
        double level = 1 - ((1 - Level) / intervals);
        return
        [
            .. answers.Select(answer => new CalibrationEvidence
            {
                Class = answer.Class,
                Total = answer.Total.At(level),
                Bins = [.. answer.Bins.Select(bin => bin.At(level))],
                Level = level,
                LabelDeviation = answer.LabelDeviation,
                HasNegativeLabels = answer.HasNegativeLabels,
            }),
        ];
    }
}
