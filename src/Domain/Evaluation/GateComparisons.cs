using System.Collections.Immutable;
using static System.FormattableString;

namespace Lifecycle.Domain.Evaluation;

/// <summary>
/// The gate's rules on paired comparisons. A bound below the margin blesses when it is the upper one; a lower bound at or
/// above the margin refuses, because then the data say so; an interval on both sides of the margin does not tell.
/// </summary>
internal static class GateComparisons
{
    // One-sided, as the upper bound of a two-sided 95% interval is.
    private const double SuperiorLevel = 0.025;

    /// <summary>The Challenger is better than the Champion on the primary slice, or not worse by more than the margin.</summary>
    public static BlessingReason WithChampion(EvaluationReport report, GatePolicy policy)
    {
        bool mustBeBetter = policy.AgainstChampion == ComparisonRule.Superior;
        string rule = mustBeBetter ? "better than champion" : "not worse than champion";
        if (report.Champion is not null)
        {
            return Judge(report, policy.PrimarySlice, PairedComparison.AgainstChampion, rule, mustBeBetter ? 0 : policy.NonInferiorityMargin);
        }

        if (report.Incomparable is { } why)
        {
            return new BlessingReason(rule, BlessingVerdict.Inconclusive, Invariant(
                $"The champion cannot be held against the challenger on these rows: {why}. Keep what it reads among 'features.inputs' and what it answers as 'target', or begin a channel of its own for the new form ('channel')."));
        }

        return report.Comparisons.Any(comparison => comparison.Against == PairedComparison.AgainstChampion)
            ? new BlessingReason(rule, BlessingVerdict.Refused, "The report compares with a champion whose measurements it does not hold. Evaluate again.")
            : new BlessingReason(rule, BlessingVerdict.Blessed, "There is no champion yet; the reference model alone is the measure.");
    }

    /// <summary>The Challenger is better than the ReferenceModel on the primary slice.</summary>
    public static BlessingReason WithReference(EvaluationReport report, GatePolicy policy) =>
        Judge(report, policy.PrimarySlice, PairedComparison.AgainstReference, "better than reference", marginShare: 0);

    /// <summary>On each protected slice the Challenger is not worse than the Champion by more than the slice margin.</summary>
    public static IEnumerable<BlessingReason> ProtectedSlices(EvaluationReport report, GatePolicy policy) =>
        report.Champion is null ? [] : policy.ProtectedSlices.Select(slice => ProtectedSlice(report, policy, slice));

    /// <summary>On each slice that the policy names the Challenger is better than the Champion, or than the ReferenceModel where there is none, at a level that holds for all of them together.</summary>
    public static IEnumerable<BlessingReason> SuperiorSlices(EvaluationReport report, GatePolicy policy) => policy.SuperiorSlices.Select(slice =>
    {
        string against = report.Champion is null ? PairedComparison.AgainstReference : PairedComparison.AgainstChampion;
        string rule = $"better on slice '{slice}'";
        BlessingReason reason = Judge(report, slice, against, rule, marginShare: 0);
        PairedComparison? comparison = Find(report, against, slice);
        return comparison is not { PValue: { } alone, AdjustedPValue: >= 0 and <= 1 and var together }
            ? new BlessingReason(rule, BlessingVerdict.Refused, reason.Verdict == BlessingVerdict.Refused ? reason.Sentence : $"The comparison with the {against} on slice '{slice}' has no p-value, though the policy names the slice. Evaluate again.")
            : WithEnoughClusters(report, policy, comparison, reason.Verdict == BlessingVerdict.Refused ? reason : reason with
            {
                Verdict = together < SuperiorLevel ? BlessingVerdict.Blessed : BlessingVerdict.Inconclusive,
                Sentence = Invariant($"{reason.Sentence} {Adjusted(alone, together, policy.SuperiorSlices.Length)}"),
            });
    });

    /// <summary>The one comparison with a model on a slice; null when there is none, or more than one.</summary>
    public static PairedComparison? Find(EvaluationReport report, string against, string slice)
    {
        PairedComparison[] found = [.. report.Comparisons.Where(comparison => comparison.Against == against && comparison.Slice == slice)];
        return found.Length == 1 ? found[0] : null;
    }

    private static BlessingReason ProtectedSlice(EvaluationReport report, GatePolicy policy, string slice)
    {
        string rule = $"protected slice '{slice}'";
        BlessingReason reason = Judge(report, slice, PairedComparison.AgainstChampion, rule, policy.SliceMargin);
        return WithEnoughClusters(report, policy, Find(report, PairedComparison.AgainstChampion, slice), reason);
    }

    private static BlessingReason WithEnoughClusters(EvaluationReport report, GatePolicy policy, PairedComparison? comparison, BlessingReason reason)
    {
        ImmutableArray<int> clusters = comparison?.Clusters ?? [];
        bool isThin = clusters.Any(count => count > 0 && count < policy.MinimumClustersPerClass) || clusters.Sum() == 0;
        return reason.Verdict == BlessingVerdict.Refused || !isThin
            ? reason
            : new BlessingReason(reason.Rule, BlessingVerdict.Inconclusive, Invariant(
                $"{reason.Sentence} But the interval rests on {Counted(report, clusters)}; asked for are {policy.MinimumClustersPerClass}{(report.Classes.IsEmpty ? "" : " of each class present")}."));
    }

    private static string Adjusted(double alone, double together, int slices) => slices == 1
        ? Invariant($"One slice has to be better: p is {alone:0.0000}, and {SuperiorLevel} is asked for.")
        : Invariant($"With {slices} slices that have to be better, p is {together:0.0000} after Holm's correction ({alone:0.0000} alone); below {SuperiorLevel} {(together < SuperiorLevel ? "they are, all at once, no accident" : "is asked for")}.");

    private static string Counted(EvaluationReport report, ImmutableArray<int> clusters) => report.Classes.IsEmpty
        ? Invariant($"{clusters.Sum()} clusters")
        : string.Join(" and ", clusters.Zip(report.Classes).Reverse().Select((found, place) => Invariant($"{found.First}{(place == 0 ? " clusters" : "")} of class {found.Second}")));

    private static BlessingReason Judge(EvaluationReport report, string slice, string against, string rule, double marginShare)
    {
        if (Find(report, against, slice) is not { } comparison)
        {
            return new BlessingReason(rule, BlessingVerdict.Refused, Invariant(
                $"The report holds {report.Comparisons.Count(other => other.Against == against && other.Slice == slice)} comparisons with the {against} on slice '{slice}'; exactly one is needed. Check that the slice is defined and has rows."));
        }

        double margin = marginShare * comparison.OtherLoss;
        if (!double.IsFinite(comparison.Difference) || !double.IsFinite(margin) || !(comparison.Lower <= comparison.Upper))
        {
            return new BlessingReason(rule, BlessingVerdict.Refused, Invariant(
                $"The comparison with the {against} on slice '{slice}' holds no usable interval: difference {comparison.Difference}, from {comparison.Lower} to {comparison.Upper}, other loss {comparison.OtherLoss}. Evaluate again."));
        }

        BlessingVerdict verdict = VerdictOf(comparison, margin);
        return new BlessingReason(rule, verdict, Invariant(
            $"On '{slice}' the {report.LossTitle} is {comparison.OtherLoss + comparison.Difference:0.0000} against the {against}'s {comparison.OtherLoss:0.0000}: difference {comparison.Difference:+0.0000;−0.0000;0.0000}, 95% interval [{comparison.Lower:+0.0000;−0.0000;0.0000}, {comparison.Upper:+0.0000;−0.0000;0.0000}]. {Conclusion(verdict, margin)}"));
    }

    private static BlessingVerdict VerdictOf(PairedComparison comparison, double margin) => comparison switch
    {
        { Upper: var upper } when upper < margin => BlessingVerdict.Blessed,
        { Lower: var lower } when lower >= margin => BlessingVerdict.Refused,
        _ => BlessingVerdict.Inconclusive,
    };

    private static string Conclusion(BlessingVerdict verdict, double margin) => (verdict, margin) switch
    {
        (BlessingVerdict.Blessed, 0) => "All of it is below 0: better.",
        (BlessingVerdict.Blessed, _) => Invariant($"All of it is below the margin of {margin:+0.0000;−0.0000;0.0000}: not worse."),
        (BlessingVerdict.Refused, 0) => "None of it is below 0: not better.",
        (BlessingVerdict.Refused, _) => Invariant($"None of it is below the margin of {margin:+0.0000;−0.0000;0.0000}: worse."),
        (_, 0) => "It lies on both sides of 0: these rows do not tell.",
        _ => Invariant($"It lies on both sides of the margin of {margin:+0.0000;−0.0000;0.0000}: these rows do not tell."),
    };
}
