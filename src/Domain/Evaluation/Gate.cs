using System.Collections.Immutable;

namespace Lifecycle.Domain.Evaluation;

/// <summary>
/// Judges a Challenger by its EvaluationReport. Pure: the same report and policy give the same Blessing.
/// Every rule speaks, passed or not. One Refused refuses; failing that, one Inconclusive leaves it open; only a Challenger
/// that every rule blesses is blessed. A figure that is missing or not a finite number refuses.
/// </summary>
public static class Gate
{
    /// <summary>The verdict with the reason of every rule: the broken ones first, then the open ones, then the rest.</summary>
    public static Blessing Judge(EvaluationReport report, GatePolicy policy)
    {
        ImmutableArray<BlessingReason> reasons =
        [
            .. GateEvidence.Unmeasured(report),
            .. GateEvidence.OtherLoss(report, policy),
            GateEvidence.FiguresAreNumbers(report),
            GateEvidence.RowsAndClusters(report, policy),
            GateComparisons.WithChampion(report, policy),
            GateComparisons.WithReference(report, policy),
            .. GateComparisons.SuperiorSlices(report, policy),
            .. GateThresholds.MaximumLoss(report, policy),
            .. GateThresholds.AreaUnderCurve(report, policy),
            .. GateCalibration.Judge(report, policy),
            .. GateThresholds.Churn(report, policy),
            .. GateThresholds.HoldoutUses(report, policy),
            GateThresholds.ModelSize(report, policy),
            GateThresholds.Latency(report, policy),
            GateThresholds.Parity(report, policy),
            .. GateComparisons.ProtectedSlices(report, policy),
        ];
        ImmutableArray<BlessingReason> ordered = [.. reasons.OrderByDescending(reason => Weight(reason.Verdict))];
        return new Blessing(ordered[0].Verdict, ordered);
    }

    private static int Weight(BlessingVerdict verdict) => verdict switch
    {
        BlessingVerdict.Blessed => 0,
        BlessingVerdict.Inconclusive => 1,
        _ => 2,
    };
}
