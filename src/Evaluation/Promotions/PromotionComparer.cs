using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Promotions;
using Lifecycle.Statistics.Distances;
using Lifecycle.Statistics.Significance;

namespace Lifecycle.Evaluation.Promotions;

/// <summary>
/// Compares a new Champion with the one before on the inputs that came since the promotion: traffic that changed by itself
/// changes both sides alike. Only latencies are held against the old Champion's last period, since nobody waited for it since.
/// Each figure has a one-sided lower bound at the level of the look; clusters are equal inputs, so that one client that repeats
/// itself is one observation.
/// </summary>
public static class PromotionComparer
{
    private const double Median = 0.5;
    private const double Tail = 0.99;

    /// <summary>The figures: one that its rows do not allow is inconclusive and says why, one that lacks a side is left out.</summary>
    public static ImmutableArray<PromotionFigure> Compare(PromotionInput input)
    {
        PromotionFigure?[] figures =
        [
            Measured(PromotionFigureKind.Predictions, () => Predictions(input)),
            Measured(PromotionFigureKind.Refusals, () => Refusals(input)),
            Measured(PromotionFigureKind.MedianLatency, () => Latency(PromotionFigureKind.MedianLatency, Median, input)),
            Measured(PromotionFigureKind.TailLatency, () => Latency(PromotionFigureKind.TailLatency, Tail, input)),
            Measured(PromotionFigureKind.Loss, () => Loss(input)),
        ];
        return [.. figures.OfType<PromotionFigure>().Select(figure => figure.OrInconclusive())];
    }

    // The other figures, and the next look, do not wait for one that these rows do not allow.
    private static PromotionFigure? Measured(PromotionFigureKind kind, Func<PromotionFigure?> measure)
    {
        try
        {
            return measure();
        }
        catch (Exception impossible) when (impossible is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            return new PromotionFigure(kind, 0, 0, 0, 0, 0) { Inconclusive = impossible.Message.ReplaceLineEndings(" ").TrimEnd('.') };
        }
    }

    private static PromotionFigure? Predictions(PromotionInput input)
    {
        PairedAnswers distinct = PairedAnswers.Of(input).Distinct();
        if (distinct.Rows.IsEmpty)
        {
            return null;
        }

        AnswerShift shift = AnswerShift.Of(input.NewAnswers.Target, distinct.Old, distinct.New);
        double index = PopulationStabilityIndex.OfCounts(shift.Expected.AsSpan(), shift.Actual.AsSpan());
        int used = shift.Expected.Zip(shift.Actual).Count(bin => bin.First + bin.Second > 0);

        // The index times this is about chi-squared; on paired rows it is smaller still, so the test errs on the quiet side.
        double statistic = index * distinct.Rows.Length / 2;
        bool significant = used > 1 && ChiSquaredTest.Tail(statistic, used - 1) < input.Level;
        return new(PromotionFigureKind.Predictions, shift.Before, shift.Now, index, significant ? index : 0, distinct.Rows.Length) { Class = shift.Class };
    }

    // What was logged, against what the old Champion refuses of the same: a model that cannot be served counts as refusing.
    private static PromotionFigure? Refusals(PromotionInput input)
    {
        if (input.Now.IsEmpty)
        {
            return null;
        }

        (string Input, double Old, double New)[] refused =
            [.. input.Now.Select((row, index) => (row.Input, input.OldAnswers.IsRefused[index] ? 1.0 : 0.0, row.IsRefused ? 1.0 : 0.0))];
        ClusteredMean rise = ClusteredMean.Of(refused.Select(row => (row.Input, row.New - row.Old)));
        return new(
            PromotionFigureKind.Refusals, refused.Average(row => row.Old), refused.Average(row => row.New), rise.Mean,
            rise.LowerBound(input.Level), rise.Clusters);
    }

    private static PromotionFigure? Latency(PromotionFigureKind kind, double share, PromotionInput input)
    {
        double[] before = Latencies(input.Before);
        double[] now = Latencies(input.Now);
        if (before.Length == 0 || now.Length == 0)
        {
            return null;
        }

        // Half of the level on each side: the ratio is above this unless one of the two quantiles is outside its bound.
        double half = NormalQuantile.Above(input.Level / 2);
        double was = LatencyQuantiles.Of(before, share);
        double ratio = LatencyQuantiles.Of(now, share) / was;
        double bound = LatencyQuantiles.LowerBound(now, share, half) / LatencyQuantiles.UpperBound(before, share, half);
        return new(kind, was, LatencyQuantiles.Of(now, share), ratio, bound, Math.Min(before.Length, now.Length));
    }

    private static PromotionFigure? Loss(PromotionInput input)
    {
        PairedAnswers both = PairedAnswers.Of(input);
        PairedAnswers labelled = both.Where(row => both.Rows[row].Label is not null);
        if (labelled.Rows.IsEmpty)
        {
            return null;
        }

        double[] labels = [.. labelled.Rows.Select(row => row.Label!.Value)];
        double? floor = input.Loss.FloorFor(labels);
        double[] before = input.Loss.Of(labelled.Old, labels, floor);
        double[] now = input.Loss.Of(labelled.New, labels, floor);
        double old = before.Average();
        ClusteredMean difference = ClusteredMean.Of(labelled.Rows.Select((row, i) => (row.Input, now[i] - before[i])));
        return new(
            PromotionFigureKind.Loss, old, now.Average(), difference.Mean / old,
            Math.Max(-double.MaxValue, difference.LowerBound(input.Level) / old), difference.Clusters);
    }

    private static double[] Latencies(ImmutableArray<TrafficRow> rows) =>
        [.. rows.Where(row => row.LatencyMicroseconds > 0).Select(row => (double)row.LatencyMicroseconds!.Value).Order()];
}
