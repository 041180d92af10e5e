using System.Globalization;
using static System.FormattableString;

namespace Lifecycle.Domain.Evaluation;

/// <summary>The gate's rules that hold one figure against one threshold. Each asks whether the rule holds, so NaN does not.</summary>
internal static class GateThresholds
{
    /// <summary>The Challenger loses little enough on the primary slice, whatever the others lose; no word where the policy asks nothing.</summary>
    public static IEnumerable<BlessingReason> MaximumLoss(EvaluationReport report, GatePolicy policy)
    {
        if (policy.MaximumLoss is { } allowed)
        {
            yield return report.Challenger.Slices.GetValueOrDefault(policy.PrimarySlice)?.Loss is { } loss
                ? Of("loss", loss <= allowed, Invariant($"The {report.LossTitle} on '{policy.PrimarySlice}' is {loss:0.0000}; at most {allowed:0.0000} is allowed."))
                : new BlessingReason("loss", BlessingVerdict.Refused, $"There is no loss on slice '{policy.PrimarySlice}': the holdout has no such slice, or no row in it.");
        }
    }

    /// <summary>A Challenger of two classes ranks well enough on the primary slice.</summary>
    public static IEnumerable<BlessingReason> AreaUnderCurve(EvaluationReport report, GatePolicy policy)
    {
        if (report.Classes.Length == 2)
        {
            double? area = report.Challenger.Slices.GetValueOrDefault(policy.PrimarySlice)?.Find(Figure.AreaUnderCurve);
            yield return area is null
                ? new BlessingReason("area under curve", BlessingVerdict.Refused, $"There is no AUC on slice '{policy.PrimarySlice}': it needs rows of both classes.")
                : Of("area under curve", area >= policy.MinimumAreaUnderCurve, Invariant(
                    $"AUC on '{policy.PrimarySlice}' is {area:0.000}; at least {policy.MinimumAreaUnderCurve:0.000} is asked for."));
        }
    }

    /// <summary>The Holdout was not asked too often; no word where nobody counted.</summary>
    public static IEnumerable<BlessingReason> HoldoutUses(EvaluationReport report, GatePolicy policy) => report.HoldoutUses switch
    {
        null => [],
        < 1 => [new("uses of the holdout", BlessingVerdict.Refused, Invariant($"The holdout is said to have been asked {report.HoldoutUses} times, which cannot be. Evaluate again."))],
        { } uses when uses <= policy.MaximumHoldoutUses => [new("uses of the holdout", BlessingVerdict.Blessed, Invariant(
            $"This holdout was asked about this model {Times(uses)}; up to {policy.MaximumHoldoutUses} are allowed."))],
        { } uses => [new("uses of the holdout", BlessingVerdict.Inconclusive, Invariant(
            $"This holdout was asked about this model {Times(uses)}, more often than {policy.MaximumHoldoutUses}: what wins on it may have been chosen by it. A fresh holdout is due; take a newer snapshot."))],
    };

    private static string Times(int uses) => uses == 1 ? "once" : Invariant($"{uses} times");

    /// <summary>The answers do not differ too much from the Champion's; no word where the policy asks nothing, or nothing is live.</summary>
    public static IEnumerable<BlessingReason> Churn(EvaluationReport report, GatePolicy policy)
    {
        if (report.Loss is null || report.Champion is null)
        {
            yield break;
        }

        if (policy.MaximumAnswerShift is { } shift)
        {
            yield return Churn("answer shift", report.Churn?.AnswerShift, shift, "95% of the answers differ from the champion's by at most {0:0.0000}; up to {1:0.0000} is allowed.");
        }

        if (policy.MaximumDecisionsChanged is { } share)
        {
            yield return Churn("decisions changed", report.Churn?.DecisionsChanged, share, report.Decision is null
                ? "{0:0.0%} of the rows have another likeliest class than the champion says; up to {1:0.0%} is allowed."
                : "{0:0.0%} of the rows are decided otherwise than the champion decides them; up to {1:0.0%} is allowed.");
        }
    }

    private static BlessingReason Churn(string rule, double? found, double allowed, string sentence) => found is { } value
        ? Of(rule, value <= allowed, string.Format(CultureInfo.InvariantCulture, sentence, value, allowed))
        : new(rule, BlessingVerdict.Refused, "It was not measured, though the policy asks for it: answers that are numbers have no classes, and without common rows there is nothing to compare.");

    /// <summary>The model file is small enough.</summary>
    public static BlessingReason ModelSize(EvaluationReport report, GatePolicy policy) =>
        Of("model size", report.ModelBytes > 0 && report.ModelBytes <= policy.MaximumModelBytes, Invariant(
            $"The model file has {report.ModelBytes:N0} bytes; at most {policy.MaximumModelBytes:N0} are allowed."));

    /// <summary>A single prediction is fast enough.</summary>
    public static BlessingReason Latency(EvaluationReport report, GatePolicy policy) =>
        Of("latency", report.Latency.Rows > 0 && report.Latency.MedianMicroseconds <= policy.MaximumMedianMicroseconds, Invariant(
            $"A single row takes {report.Latency.MedianMicroseconds:0.0} µs in the median of {report.Latency.Rows:N0} predictions; at most {policy.MaximumMedianMicroseconds:N0} µs are allowed."));

    /// <summary>The exported graph says what the trained model says.</summary>
    public static BlessingReason Parity(EvaluationReport report, GatePolicy policy) =>
        Of("parity", report.ParityDifference >= 0 && report.ParityDifference <= policy.ParityLimit(report), Invariant(
            $"The exported graph differs from the trained model by at most {report.ParityDifference:0.0e+0}; up to {policy.ParityLimit(report):0.0e+0} is allowed."));

    private static BlessingReason Of(string rule, bool holds, string sentence) =>
        new(rule, holds ? BlessingVerdict.Blessed : BlessingVerdict.Refused, sentence);
}
