using static System.FormattableString;

namespace Lifecycle.Domain.Evaluation;

/// <summary>The gate's rules that hold one figure against one threshold. Each asks whether the rule holds, so NaN does not.</summary>
internal static class GateThresholds
{
    /// <summary>The Challenger ranks well enough on the primary slice.</summary>
    public static BlessingReason AreaUnderCurve(EvaluationReport report, GatePolicy policy)
    {
        double? area = report.Challenger.Slices.GetValueOrDefault(policy.PrimarySlice)?.AreaUnderCurve;
        return area is null
            ? new BlessingReason("area under curve", BlessingVerdict.Refused, $"There is no AUC on slice '{policy.PrimarySlice}': it needs rows of both classes.")
            : Of("area under curve", area >= policy.MinimumAreaUnderCurve, Invariant(
                $"AUC on '{policy.PrimarySlice}' is {area:0.000}; at least {policy.MinimumAreaUnderCurve:0.000} is asked for."));
    }

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
        Of("parity", report.ParityDifference >= 0 && report.ParityDifference <= policy.MaximumParityDifference, Invariant(
            $"The exported graph differs from the trained model by at most {report.ParityDifference:0.0e+0}; up to {policy.MaximumParityDifference:0.0e+0} is allowed."));

    private static BlessingReason Of(string rule, bool holds, string sentence) =>
        new(rule, holds ? BlessingVerdict.Blessed : BlessingVerdict.Refused, sentence);
}
