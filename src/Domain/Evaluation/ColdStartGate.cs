using System.Collections.Immutable;
using static System.FormattableString;

namespace Lifecycle.Domain.Evaluation;

/// <summary>
/// Judges a ReferenceModel that is to be published before there are labels. Pure. What can be measured without labels has to
/// hold: size, latency, parity. What cannot is not passed over: the first reason says so, and makes the verdict Inconclusive at
/// best, never Blessed. Only on an empty ReleaseChannel may people take that for enough; a live Champion refuses.
/// </summary>
public static class ColdStartGate
{
    /// <summary>The rule that says what was not measured.</summary>
    public const string UnmeasuredRule = "measured against labels";

    /// <summary>The verdict with the reason of every rule, the broken ones first.</summary>
    /// <param name="report">The measurements; <see cref="EvaluationReport.Unmeasured"/> is set.</param>
    /// <param name="policy">The thresholds.</param>
    /// <param name="championVersion">The live version of the ReleaseChannel; null when it is empty.</param>
    public static Blessing Judge(EvaluationReport report, GatePolicy policy, long? championVersion)
    {
        ImmutableArray<BlessingReason> reasons =
        [
            Unmeasured(report),
            EmptyChannel(championVersion),
            GateEvidence.FiguresAreNumbers(report),
            GateThresholds.ModelSize(report, policy),
            GateThresholds.Latency(report, policy),
            Parity(report, policy),
        ];
        ImmutableArray<BlessingReason> ordered = [.. reasons.OrderByDescending(reason => Weight(reason.Verdict))];
        return new Blessing(ordered[0].Verdict, ordered);
    }

    private static BlessingReason Unmeasured(EvaluationReport report) => report is { Unmeasured: { } why, Challenger.Slices.Count: 0, Comparisons: [] }
        ? new(UnmeasuredRule, BlessingVerdict.Inconclusive, why)
        : new(UnmeasuredRule, BlessingVerdict.Refused, "The report holds measurements against labels, or does not say why it holds none: this gate is only for what has no labels. Start a retraining run.");

    private static BlessingReason EmptyChannel(long? championVersion) => championVersion is { } version
        ? new("empty channel", BlessingVerdict.Refused, Invariant($"Version {version} is live: what was not measured replaces nothing. Retrain the model."))
        : new("empty channel", BlessingVerdict.Blessed, "Nothing is live yet, so nothing that was measured is replaced.");

    private static BlessingReason Parity(EvaluationReport report, GatePolicy policy) => GateThresholds.Parity(report, policy) with
    {
        Sentence = Invariant($"The graph differs from the reference by at most {report.ParityDifference:0.0e+0}; up to {policy.ParityLimit(report):0.0e+0} is allowed."),
    };

    private static int Weight(BlessingVerdict verdict) => verdict switch
    {
        BlessingVerdict.Blessed => 0,
        BlessingVerdict.Inconclusive => 1,
        _ => 2,
    };
}
