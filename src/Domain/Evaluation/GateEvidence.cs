using static System.FormattableString;

namespace Lifecycle.Domain.Evaluation;

/// <summary>The gate's rules on the report itself: whether its figures can be used, and whether there are enough rows behind them.</summary>
internal static class GateEvidence
{
    /// <summary>No figure of any model, slice or comparison is NaN or infinite.</summary>
    public static BlessingReason FiguresAreNumbers(EvaluationReport report)
    {
        const string Rule = "figures are numbers";
        (string Name, double Value)[] broken = [.. Figures(report).Where(figure => !double.IsFinite(figure.Value))];
        return broken.Length == 0
            ? new BlessingReason(Rule, BlessingVerdict.Blessed, "Every figure of the report is a finite number.")
            : new BlessingReason(Rule, BlessingVerdict.Refused, Invariant(
                $"{broken.Length} of the report's figures cannot be used; the first is {broken[0].Name}: {broken[0].Value}."));
    }

    /// <summary>A report that was not measured against labels is refused, whatever else it says; one that was needs no word about it.</summary>
    public static IEnumerable<BlessingReason> Unmeasured(EvaluationReport report) =>
        report.Unmeasured is { } why ? [new BlessingReason("measured against labels", BlessingVerdict.Refused, why)] : [];

    /// <summary>The primary slice holds enough rows, and enough clusters, of each class.</summary>
    public static BlessingReason RowsAndClusters(EvaluationReport report, GatePolicy policy)
    {
        const string Rule = "enough evidence";
        string slice = policy.PrimarySlice;
        if (!report.Challenger.Slices.TryGetValue(slice, out SliceMetrics? metrics)
            || GateComparisons.Find(report, PairedComparison.AgainstReference, slice) is not { } comparison)
        {
            return new BlessingReason(Rule, BlessingVerdict.Refused, Invariant(
                $"The primary slice '{slice}' was not measured: the holdout has no such slice, or no row in it. Name a slice of the model definition."));
        }

        long rows = Math.Min(metrics.PositiveCount, metrics.RowCount - metrics.PositiveCount);
        int clusters = Math.Min(comparison.PositiveClusters, comparison.NegativeClusters);
        bool isEnough = rows >= policy.MinimumRowsPerClass && clusters >= policy.MinimumClustersPerClass;
        return new BlessingReason(Rule, isEnough ? BlessingVerdict.Blessed : BlessingVerdict.Inconclusive, Invariant(
            $"The rarer class of slice '{slice}' has {rows:N0} rows in {clusters:N0} clusters; at least {policy.MinimumRowsPerClass:N0} rows in {policy.MinimumClustersPerClass:N0} clusters are asked for."));
    }

    private static IEnumerable<(string Name, double Value)> Figures(EvaluationReport report)
    {
        yield return ("parity difference", report.ParityDifference);
        yield return ("median latency", report.Latency.MedianMicroseconds);
        yield return ("p99 latency", report.Latency.P99Microseconds);
        IEnumerable<(string, double)> figures = Figures("challenger", report.Challenger)
            .Concat(report.Champion is null ? [] : Figures("champion", report.Champion))
            .Concat(Figures("reference", report.Reference))
            .Concat(report.Comparisons.SelectMany(Figures));
        foreach ((string, double) figure in figures)
        {
            yield return figure;
        }
    }

    private static IEnumerable<(string Name, double Value)> Figures(string model, ModelMetrics metrics) => metrics.Slices.SelectMany(slice =>
    {
        string place = $"of the {model} on '{slice.Key}'";
        return new[]
        {
            ($"balanced log loss {place}", slice.Value.BalancedLogLoss),
            ($"log loss {place}", slice.Value.LogLoss),
            ($"AUC {place}", slice.Value.AreaUnderCurve ?? 0),
            ($"average precision {place}", slice.Value.AveragePrecision ?? 0),
            ($"calibration error {place}", slice.Value.CalibrationError ?? 0),
        };
    });

    private static IEnumerable<(string Name, double Value)> Figures(PairedComparison comparison)
    {
        string place = $"of the comparison with the {comparison.Against} on '{comparison.Slice}'";
        yield return ($"difference {place}", comparison.Difference);
        yield return ($"lower bound {place}", comparison.Lower);
        yield return ($"upper bound {place}", comparison.Upper);
        yield return ($"other loss {place}", comparison.OtherLoss);
    }
}
