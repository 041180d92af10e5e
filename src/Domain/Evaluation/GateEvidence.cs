using Lifecycle.Domain.Evaluation.Losses;
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

        if (comparison.Clusters.IsEmpty || metrics.ClassRows.Length != report.Classes.Length)
        {
            return new BlessingReason(Rule, BlessingVerdict.Refused, Invariant(
                $"The report does not say how many rows and clusters of each class slice '{slice}' has. Evaluate again."));
        }

        long rows = report.Classes.IsEmpty ? metrics.RowCount : metrics.ClassRows.Min();
        int clusters = comparison.Clusters.Min();
        bool isEnough = rows >= policy.MinimumRowsPerClass && clusters >= policy.MinimumClustersPerClass;
        return new BlessingReason(Rule, isEnough ? BlessingVerdict.Blessed : BlessingVerdict.Inconclusive, Invariant(
            $"{Counted(report, metrics, slice)} has {rows:N0} rows in {clusters:N0} clusters; at least {policy.MinimumRowsPerClass:N0} rows in {policy.MinimumClustersPerClass:N0} clusters are asked for."));
    }

    /// <summary>A report measured by another loss than the policy names is refused; one by the same needs no word about it.</summary>
    public static IEnumerable<BlessingReason> OtherLoss(EvaluationReport report, GatePolicy policy)
    {
        string measured = report.LossText;
        bool isKnown = Loss.TryParse(measured, out Loss? found, out string? problem);
        if (!isKnown || (policy.Loss is { } asked && asked != measured && !(Loss.TryParse(asked, out Loss? wanted, out _) && wanted.Text == found!.Text)))
        {
            yield return new BlessingReason("deciding loss", BlessingVerdict.Refused, isKnown
                ? $"The report was measured by {measured}, but the policy asks for {policy.Loss}. Evaluate again."
                : $"The report names a loss that cannot be read: {problem}. Evaluate again.");
        }
    }

    private static string Counted(EvaluationReport report, SliceMetrics metrics, string slice) => report.Classes.Length switch
    {
        0 => $"Slice '{slice}'",
        2 => $"The rarer class of slice '{slice}'",
        _ => $"The rarest class of slice '{slice}', '{report.Classes[metrics.ClassRows.IndexOf(metrics.ClassRows.Min())]}',",
    };

    private static IEnumerable<(string Name, double Value)> Figures(EvaluationReport report)
    {
        yield return ("parity difference", report.ParityDifference);
        yield return ("median latency", report.Latency.MedianMicroseconds);
        yield return ("p99 latency", report.Latency.P99Microseconds);
        IEnumerable<(string, double)> figures = Figures(report, "challenger", report.Challenger)
            .Concat(report.Champion is null ? [] : Figures(report, "champion", report.Champion))
            .Concat(Figures(report, "reference", report.Reference))
            .Concat(report.Comparisons.SelectMany(Figures));
        foreach ((string, double) figure in figures)
        {
            yield return figure;
        }
    }

    private static IEnumerable<(string Name, double Value)> Figures(EvaluationReport report, string model, ModelMetrics metrics) => metrics.Slices.SelectMany(slice =>
    {
        string place = $"of the {model} on '{slice.Key}'";
        return slice.Value.Figures
            .Select(figure => ($"{report.Figures.FirstOrDefault(known => known.Name == figure.Key)?.Title ?? figure.Key} {place}", figure.Value))
            .Prepend(($"{report.LossTitle} {place}", slice.Value.Loss));
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
