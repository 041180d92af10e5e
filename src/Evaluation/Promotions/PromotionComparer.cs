using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Domain.Promotions;
using Lifecycle.Evaluation.Metrics;
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
        (double Old, double New)[] scored = [.. Scored(input).DistinctBy(row => row.Row.Input).Select(row => ((double)row.Old, (double)row.New))];
        if (scored.Length == 0)
        {
            return null;
        }

        double[] old = [.. scored.Select(row => row.Old)];
        double[] now = [.. scored.Select(row => row.New)];
        QuantileBins bins = QuantileBins.Of(old);
        ImmutableArray<long> expected = bins.CountOf(old);
        ImmutableArray<long> actual = bins.CountOf(now);
        double index = PopulationStabilityIndex.OfCounts(expected.AsSpan(), actual.AsSpan());
        int used = expected.Zip(actual).Count(bin => bin.First + bin.Second > 0);

        // The index times this is about chi-squared; on paired rows it is smaller still, so the test errs on the quiet side.
        double statistic = index * scored.Length / 2;
        bool significant = used > 1 && ChiSquaredTest.Tail(statistic, used - 1) < input.Level;
        return new(PromotionFigureKind.Predictions, old.Average(), now.Average(), index, significant ? index : 0, scored.Length);
    }

    // What was logged, against what the old Champion refuses of the same: a model that cannot be served counts as refusing.
    private static PromotionFigure? Refusals(PromotionInput input)
    {
        if (input.Now.IsEmpty)
        {
            return null;
        }

        (string Input, double Old, double New)[] refused =
            [.. input.Now.Select((row, index) => (row.Input, input.OldScores[index] is null ? 1.0 : 0.0, row.IsRefused ? 1.0 : 0.0))];
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
        (string Input, double Old, double New)[] losses =
        [
            .. Scored(input).Where(row => row.Row.Label is not null)
                .Select(row => (row.Row.Input, LogLoss.Of(row.Old, row.Row.Label!.Value), LogLoss.Of(row.New, row.Row.Label!.Value))),
        ];
        if (losses.Length == 0)
        {
            return null;
        }

        double old = losses.Average(row => row.Old);
        ClusteredMean difference = ClusteredMean.Of(losses.Select(row => (row.Input, row.New - row.Old)));
        return new(
            PromotionFigureKind.Loss, old, losses.Average(row => row.New), difference.Mean / old,
            Math.Max(-double.MaxValue, difference.LowerBound(input.Level) / old), difference.Clusters);
    }

    private static IEnumerable<(TrafficRow Row, float Old, float New)> Scored(PromotionInput input)
    {
        for (int row = 0; row < input.Now.Length; row++)
        {
            if (input.OldScores[row] is { } old && input.NewScores[row] is { } now)
            {
                yield return (input.Now[row], old, now);
            }
        }
    }

    private static double[] Latencies(ImmutableArray<TrafficRow> rows) =>
        [.. rows.Where(row => row.LatencyMicroseconds > 0).Select(row => (double)row.LatencyMicroseconds!.Value).Order()];
}
