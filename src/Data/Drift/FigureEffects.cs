using System.Collections.Immutable;
using Lifecycle.Domain.Drift;
using Lifecycle.Statistics.Distances;
using Lifecycle.Statistics.Significance;

namespace Lifecycle.Data.Drift;

/// <summary>
/// Effect sizes of one figure beside their bounds, with raw p-values, from counts and sorted samples alone. Values are
/// compared where both sides have some; missing ones by their rate where either side misses any. Pure.
/// </summary>
internal static class FigureEffects
{
    /// <summary>Effects of a number: Wasserstein-1 over the baseline's σ and PSI by Kolmogorov–Smirnov; or those of its zeros and the rest.</summary>
    /// <param name="baseline">The baseline's counts.</param>
    /// <param name="window">The window's counts over the same bins.</param>
    /// <param name="before">The baseline's values; not used, and may be null, where the figure is Categorical.</param>
    /// <param name="now">The window's values.</param>
    public static ImmutableArray<DriftEffect> OfNumbers(
        FigureDistribution baseline, FigureDistribution window, EmpiricalDistribution? before, EmpiricalDistribution now)
    {
        if (baseline.ValueCount == 0 || window.ValueCount == 0)
        {
            return OfMissing(baseline, window);
        }

        return baseline.Kind switch
        {
            FigureKind.Numeric => [.. Numeric(baseline, window, before!, now), .. OfMissing(baseline, window)],
            FigureKind.ZeroInflated => [.. ZeroInflated(baseline, window, before!, now), .. OfMissing(baseline, window)],
            _ => OfLevels(baseline, window),
        };
    }

    /// <summary>Effects of levels: Jensen–Shannon distance and the largest difference of a share, by χ² homogeneity.</summary>
    public static ImmutableArray<DriftEffect> OfLevels(FigureDistribution baseline, FigureDistribution window)
    {
        if (baseline.ValueCount == 0 || window.ValueCount == 0)
        {
            return OfMissing(baseline, window);
        }

        long[] before = [.. baseline.Counts, baseline.OtherCount];
        long[] now = [.. window.Counts, window.OtherCount];
        double pValue = ChiSquaredTest.HomogeneityMergingRare(before, now).PValue;
        return
        [
            Effect(DriftMeasure.JensenShannon, ShareDistances.JensenShannon(before, now), pValue),
            Effect(DriftMeasure.LargestShare, ShareDistances.Largest(before, now), pValue),
            .. OfMissing(baseline, window),
        ];
    }

    /// <summary>
    /// Fall of the share of rows whose level the baseline holds. A baseline that samples its levels is measured as its own
    /// window would be: a row counts as seen if another row has its level (Good 1953). One that enumerates them holds all.
    /// </summary>
    /// <param name="baseline">The baseline's counts.</param>
    /// <param name="window">The window's counts.</param>
    /// <param name="seen">Rows of the window whose level the baseline holds.</param>
    /// <param name="isKey">Whether the baseline enumerates its levels.</param>
    public static ImmutableArray<DriftEffect> OfSeenShare(FigureDistribution baseline, FigureDistribution window, long seen, bool isKey)
    {
        long seenBefore = baseline.ValueCount - (isKey ? 0 : baseline.SeenOnceCount);
        if (seenBefore == 0 || window.ValueCount == 0)
        {
            return OfMissing(baseline, window);
        }

        double fall = ((double)seenBefore / baseline.ValueCount) - ((double)seen / window.ValueCount);
        double pValue = TwoProportionsTest.Of(seenBefore, baseline.ValueCount, seen, window.ValueCount).PValue;
        return [Effect(DriftMeasure.SeenShare, fall, pValue), .. OfMissing(baseline, window)];
    }

    private static ImmutableArray<DriftEffect> Numeric(
        FigureDistribution baseline, FigureDistribution window, EmpiricalDistribution before, EmpiricalDistribution now)
    {
        double pValue = KolmogorovSmirnovTest.Of(before, now).PValue;
        long[] expected = [.. baseline.Counts, baseline.NotANumberCount, baseline.InfiniteCount];
        long[] actual = [.. window.Counts, window.NotANumberCount, window.InfiniteCount];
        double floor = PopulationStabilityIndex.SignificanceFloor(expected, actual);
        DriftEffect stability = Effect(DriftMeasure.PopulationStabilityIndex, PopulationStabilityIndex.OfCounts(expected, actual), pValue);
        return
        [
            stability with { WarnAt = Math.Max(stability.WarnAt, floor), ActAt = Math.Max(stability.ActAt, floor) },
            .. Wasserstein(DriftMeasure.Wasserstein, baseline, before, now, scale: null, pValue),
        ];
    }

    private static ImmutableArray<DriftEffect> ZeroInflated(
        FigureDistribution baseline, FigureDistribution window, EmpiricalDistribution before, EmpiricalDistribution now)
    {
        double change = Math.Abs(((double)baseline.ZeroCount / baseline.ValueCount) - ((double)window.ZeroCount / window.ValueCount));
        DriftEffect zeros = Effect(
            DriftMeasure.ZeroShare, change, TwoProportionsTest.Of(baseline.ZeroCount, baseline.ValueCount, window.ZeroCount, window.ValueCount).PValue);
        (EmpiricalDistribution restBefore, EmpiricalDistribution restNow) = (before.WithoutZeros(), now.WithoutZeros());
        if (restBefore.Count == 0 || restNow.Count == 0)
        {
            return [zeros];
        }

        double pValue = KolmogorovSmirnovTest.Of(restBefore, restNow).PValue;
        return [zeros, .. Wasserstein(DriftMeasure.PositiveWasserstein, baseline, restBefore, restNow, WassersteinDistance.SignedLogarithm, pValue)];
    }

    private static ImmutableArray<DriftEffect> Wasserstein(
        DriftMeasure measure, FigureDistribution baseline, EmpiricalDistribution before, EmpiricalDistribution now, Func<double, double>? scale, double pValue)
    {
        if (baseline.StandardDeviation is not > 0 || before.FiniteCount == 0 || now.FiniteCount == 0)
        {
            return [];
        }

        double distance = WassersteinDistance.OfFinite(before, now, scale) / baseline.StandardDeviation.Value;
        return double.IsFinite(distance) ? [Effect(measure, distance, pValue)] : [];
    }

    private static ImmutableArray<DriftEffect> OfMissing(FigureDistribution baseline, FigureDistribution window)
    {
        if (baseline.RowCount == 0 || window.RowCount == 0 || (baseline.NullCount == 0 && window.NullCount == 0))
        {
            return [];
        }

        double change = Math.Abs(((double)baseline.NullCount / baseline.RowCount) - ((double)window.NullCount / window.RowCount));
        return [Effect(DriftMeasure.NullRate, change, TwoProportionsTest.Of(baseline.NullCount, baseline.RowCount, window.NullCount, window.RowCount).PValue)];
    }

    private static DriftEffect Effect(DriftMeasure measure, double value, double pValue)
    {
        (double warnAt, double actAt) = EffectBounds.Of(measure);
        return new DriftEffect(measure, value, warnAt, actAt, pValue, AdjustedPValue: pValue);
    }
}
