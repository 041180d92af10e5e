using System.Collections.Immutable;
using System.Globalization;
using Lifecycle.Data.Distributions;
using Lifecycle.Domain.Drift;
using Lifecycle.Statistics.Distances;

namespace Lifecycle.Data.Drift;

/// <summary>
/// Distributions of figures that are numbers. A baseline with at most ten values is Categorical; with more it is ZeroInflated
/// if none is negative and at least every fifth is zero, else Numeric. Pure.
/// </summary>
internal static class NumberDistributions
{
    private const double ZeroInflatedFrom = 0.2;

    /// <summary>Decides the kind of a figure by its baseline, and counts it.</summary>
    public static FigureDistribution Decide(FigureDefinition figure, EmpiricalDistribution sample, long nullCount)
    {
        FigureKind kind = KindOf(sample);
        FigureDistribution empty = new()
        {
            Name = figure.Name,
            Expression = figure.Expression,
            Kind = kind,
            Edges = kind == FigureKind.Categorical ? null : QuantileBins.Of(sample).Edges,
            Levels = kind == FigureKind.Categorical ? LevelsOf(sample) : null,
            Counts = [],
            NullCount = 0,
            StandardDeviation = DeviationOf(kind, sample),
        };
        return CountOver(empty, sample, nullCount);
    }

    /// <summary>Counts a sample over the bins or levels of another.</summary>
    public static FigureDistribution CountOver(FigureDistribution bins, EmpiricalDistribution sample, long nullCount)
    {
        FigureDistribution counted = bins with { NullCount = nullCount, ZeroCount = sample.CountOf(0), SeenOnceCount = 0 };
        if (bins.Edges is { } edges)
        {
            return counted with
            {
                Counts = new QuantileBins(edges).CountFinite(sample),
                NotANumberCount = sample.NotANumberCount,
                InfiniteCount = sample.InfiniteCount,
            };
        }

        ImmutableDictionary<string, long> byLevel = LevelCounts(sample).ToImmutableDictionary(level => level.Level, level => level.Rows, StringComparer.Ordinal);
        ImmutableArray<long> counts = [.. bins.Levels!.Value.Select(level => byLevel.GetValueOrDefault(level))];
        return counted with { Counts = counts, OtherCount = sample.Count - counts.Sum() };
    }

    private static FigureKind KindOf(EmpiricalDistribution sample)
    {
        if (sample.Values.Length <= QuantileBins.DefaultBins)
        {
            return FigureKind.Categorical;
        }

        bool isOftenZero = sample.CountOf(0) >= ZeroInflatedFrom * sample.FiniteCount;
        return isOftenZero && sample.Values[0] >= 0 ? FigureKind.ZeroInflated : FigureKind.Numeric;
    }

    private static double? DeviationOf(FigureKind kind, EmpiricalDistribution sample)
    {
        double deviation = kind switch
        {
            FigureKind.Numeric => sample.StandardDeviation(),
            FigureKind.ZeroInflated => sample.WithoutZeros().StandardDeviation(WassersteinDistance.SignedLogarithm),
            _ => double.NaN,
        };
        return double.IsFinite(deviation) ? deviation : null;
    }

    private static ImmutableArray<string> LevelsOf(EmpiricalDistribution sample) =>
        [.. LevelCounts(sample).OrderByDescending(level => level.Rows).ThenBy(level => level.Level, StringComparer.Ordinal).Take(Binning.MaximumLevels).Select(level => level.Level)];

    private static List<(string Level, long Rows)> LevelCounts(EmpiricalDistribution sample)
    {
        List<(string Level, long Rows)> levels = [];
        for (int i = 0; i < sample.Values.Length; i++)
        {
            levels.Add((sample.Values[i].ToString("R", CultureInfo.InvariantCulture), sample.CountAt(i)));
        }

        Add("NaN", sample.NotANumberCount);
        Add("Infinity", sample.PositiveInfinityCount);
        Add("-Infinity", sample.NegativeInfinityCount);
        return levels;

        void Add(string level, long rows)
        {
            if (rows > 0)
            {
                levels.Add((level, rows));
            }
        }
    }
}
