using Lifecycle.Domain.Evaluation.Losses;
using static System.FormattableString;

namespace Lifecycle.Domain.Evaluation;

/// <summary>
/// The gate's rule on calibration, by what the deciding loss elicits: probabilities and means are held against the share or mean that
/// was seen, quantiles against the share of labels below them. On the whole, what is off by more than the allowed bias is Refused where
/// the interval says so too, else Inconclusive; a class among several is only refused. A bin is off where its own interval agrees. The intervals hold together.
/// </summary>
internal static class GateCalibration
{
    /// <summary>A reason for each class, or one; none where the loss is balanced over classes, since it asks for no calibration.</summary>
    public static IEnumerable<BlessingReason> Judge(EvaluationReport report, GatePolicy policy)
    {
        if (report.DecidingLoss is not { IsBalanced: false } loss)
        {
            return [];
        }

        return report switch
        {
            { Calibration: [] } => [new("calibration", BlessingVerdict.Refused, Invariant(
                $"Calibration on '{policy.PrimarySlice}' was not measured: the slice has too few rows, or only one class. Evaluate again."))],
            { Classes.Length: > 2 } => report.Classes.Select(name => Judge(report.Calibration.Where(found => found.Class == name).ToArray(), name, loss.Elicits, policy)),
            _ => [Judge(report.Calibration[0], loss.Elicits, policy)],
        };
    }

    private static BlessingReason Judge(CalibrationEvidence[] found, string name, Elicited elicits, GatePolicy policy) => found is [var evidence]
        ? Judge(evidence, elicits, policy)
        : new(RuleOf(name), BlessingVerdict.Inconclusive, Invariant($"Slice '{policy.PrimarySlice}' has no rows of class '{name}', or of no other: whether its probability is right is not known."));

    private static string RuleOf(string? name) => name is null ? "calibration" : $"calibration of class '{name}'";

    private static BlessingReason Judge(CalibrationEvidence evidence, Elicited elicits, GatePolicy policy)
    {
        string rule = RuleOf(evidence.Class);
        CalibrationBin[] all = [evidence.Total, .. evidence.Bins];
        if (evidence.Bins.IsEmpty || all.Any(bin => !IsUsable(bin)) || !double.IsFinite(evidence.LabelDeviation) || !double.IsFinite(policy.MaximumBias))
        {
            return new(rule, BlessingVerdict.Refused, "Its figures cannot be used: one is missing, not a number, or an interval is the wrong way round. Evaluate again.");
        }

        Scale scale = new(evidence, elicits, policy);
        BlessingVerdict total = scale.Total(evidence.Total);
        CalibrationBin? broken = elicits.IsJudgedInBins ? evidence.Bins.FirstOrDefault(bin => !scale.Holds(bin)) : null;
        BlessingVerdict verdict = broken is not null ? BlessingVerdict.Refused
            : evidence.Class is not null && total == BlessingVerdict.Inconclusive ? BlessingVerdict.Blessed
            : total;
        return new(rule, verdict, Invariant($"{scale.Sentence(evidence.Total)} {Conclusion(total)}{Bins(evidence, elicits, broken)}"));
    }

    private static string Conclusion(BlessingVerdict total) => total switch
    {
        BlessingVerdict.Blessed => "That is near enough.",
        BlessingVerdict.Refused => "That is too far off.",
        _ => "That is too far off, but these rows do not tell whether it is chance.",
    };

    private static string Bins(CalibrationEvidence evidence, Elicited elicits, CalibrationBin? broken) => (elicits.IsJudgedInBins, broken) switch
    {
        (_, { } bin) => Invariant($" Among {bin.RowCount:N0} rows with predictions about {bin.Predicted:0.####}, {bin.Observed:0.####} was seen, {evidence.Level:0.####%} interval [{bin.Lower:0.####}, {bin.Upper:0.####}]: broken."),
        (true, _) => Invariant($" Each of {evidence.Bins.Length} bins of equal weight holds."),
        _ => "",
    };

    private static bool IsUsable(CalibrationBin bin) =>
        double.IsFinite(bin.Predicted) && double.IsFinite(bin.Observed) && double.IsFinite(bin.Lower) && double.IsFinite(bin.Upper) && bin.Lower <= bin.Upper;

    /// <summary>What the prediction of a bin is held to, and how far it may be off.</summary>
    private sealed record Scale(CalibrationEvidence Evidence, Elicited Elicits, GatePolicy Policy)
    {
        private bool IsRatio => Elicits.IsJudgedInBins && !Evidence.HasNegativeLabels;

        private bool IsQuantile => !Elicits.IsJudgedInBins;

        // The bias is judged at the point and at the end of the interval that is kindest to the model.
        public BlessingVerdict Total(CalibrationBin total)
        {
            double wanted = IsQuantile ? Elicits.Level : total.Predicted;
            return IsNear(wanted, total.Observed) ? BlessingVerdict.Blessed
                : IsNear(wanted, Math.Clamp(wanted, total.Lower, total.Upper)) ? BlessingVerdict.Inconclusive
                : BlessingVerdict.Refused;
        }

        public bool Holds(CalibrationBin bin)
        {
            bool isInside = bin.Predicted >= bin.Lower && bin.Predicted <= bin.Upper;
            return isInside || (IsRatio
                ? bin.Predicted >= Policy.MinimumCalibrationRatio * bin.Observed && bin.Predicted <= Policy.MaximumCalibrationRatio * bin.Observed
                : IsNear(bin.Predicted, bin.Observed));
        }

        public string Sentence(CalibrationBin total) => (IsQuantile, IsRatio) switch
        {
            (true, _) => Invariant($"{total.Observed:0.0%} of the labels are at most the prediction, {Evidence.Level:0.####%} interval [{total.Lower:0.0%}, {total.Upper:0.0%}]; {Elicits.Level:0.0%} ± {Policy.MaximumBias:0.0%} is asked for."),
            (_, true) => Invariant($"On the whole {total.Predicted:0.####} is predicted and {total.Observed:0.####} was seen, {Evidence.Level:0.####%} interval [{total.Lower:0.####}, {total.Upper:0.####}]; a ratio within 1 ± {Policy.MaximumBias:0.####} is asked for."),
            _ => Invariant($"On the whole {total.Predicted:0.####} is predicted and {total.Observed:0.####} was seen, {Evidence.Level:0.####%} interval [{total.Lower:0.####}, {total.Upper:0.####}]; {Policy.MaximumBias:0.####} of the labels' deviation of {Evidence.LabelDeviation:0.####} may lie between."),
        };

        private bool IsNear(double predicted, double observed) => Math.Abs(predicted - observed) <= Policy.MaximumBias * (IsQuantile ? 1 : IsRatio ? observed : Evidence.LabelDeviation);
    }
}
