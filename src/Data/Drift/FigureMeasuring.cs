using System.Collections.Concurrent;
using System.Collections.Immutable;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Drift;
using Lifecycle.Statistics.Distances;

namespace Lifecycle.Data.Drift;

/// <summary>
/// Measures the figures of two files. Numbers are read a few columns at a time into memory that is used again, sorted and
/// compared exactly; anything else is counted in the database. Memory grows with the rows, not with the figures.
/// </summary>
internal sealed class FigureMeasuring(DuckSession session, FigureRows baseline, FigureRows window, DataLimits limits, CancellationToken cancellation)
{
    private readonly LevelCounting baselineLevels = new(session, baseline.Side);
    private readonly LevelCounting windowLevels = new(session, window.Side);

    /// <summary>The figures, in the order given.</summary>
    public ImmutableArray<MeasuredFigure> Measure(ImmutableArray<FigureDefinition> figures)
    {
        foreach (FigureDefinition figure in figures)
        {
            RefuseMismatch(figure);
        }

        ImmutableArray<FigureDefinition> numbers = [.. figures.Where(IsNumber)];
        Dictionary<string, MeasuredFigure> measured = Numbers(numbers).ToDictionary(figure => figure.Definition.Name, StringComparer.Ordinal);
        foreach (FigureDefinition figure in figures.Where(figure => !IsNumber(figure)))
        {
            cancellation.ThrowIfCancellationRequested();
            measured.Add(figure.Name, Levels(figure));
        }

        return [.. figures.Select(figure => measured[figure.Name])];
    }

    private bool IsNumber(FigureDefinition figure) => window.IsNumber(figure) && !figure.IsKey;

    private static bool NeedsSample(FigureDefinition figure) => figure.Stored is not { Kind: FigureKind.Categorical };

    private void RefuseMismatch(FigureDefinition figure)
    {
        if (window.IsNumber(figure) != baseline.IsNumber(figure))
        {
            throw new InvalidDataSourceException(
                $"figure '{figure.Name}' is {Noun(baseline)} in the {baseline.Side} and {Noun(window)} in the {window.Side}; write the column with one type in both");
        }

        if (figure.Stored is { } stored && stored.RowCount != baseline.RowCount)
        {
            throw new InvalidDataSourceException(
                $"figure '{figure.Name}' was counted over {stored.RowCount} rows and the {baseline.Side} has {baseline.RowCount}; they are not of the same DriftBaseline");
        }

        string Noun(FigureRows rows) => rows.IsNumber(figure) ? "a number" : "no number";
    }

    private List<MeasuredFigure> Numbers(ImmutableArray<FigureDefinition> figures)
    {
        List<MeasuredFigure> measured = [];
        int atOnce = NumberColumn.CountTogether(baseline.RowCount + window.RowCount);
        ImmutableArray<NumberColumn> before = [.. Enumerable.Range(0, atOnce).Select(_ => new NumberColumn())];
        ImmutableArray<NumberColumn> now = [.. Enumerable.Range(0, atOnce).Select(_ => new NumberColumn())];
        ConcurrentBag<double[]> scratch = [];
        foreach (FigureDefinition[] group in figures.OrderBy(NeedsSample).Chunk(atOnce))
        {
            ImmutableArray<FigureDefinition> sampled = [.. group.Where(NeedsSample)];
            baseline.Read(sampled, before[..sampled.Length], cancellation);
            window.Read([.. group], now[..group.Length], cancellation);
            MeasuredFigure[] results = new MeasuredFigure[group.Length];
            Parallel.For(0, group.Length, new ParallelOptions { MaxDegreeOfParallelism = limits.Threads, CancellationToken = cancellation }, i =>
            {
                int place = sampled.IndexOf(group[i]);
                double[] room = scratch.TryTake(out double[]? taken) ? taken : [];
                results[i] = Number(group[i], place < 0 ? null : before[place], now[i], ref room);
                scratch.Add(room);
            });
            measured.AddRange(results);
        }

        return measured;
    }

    private static MeasuredFigure Number(FigureDefinition figure, NumberColumn? baselineColumn, NumberColumn windowColumn, ref double[] scratch)
    {
        EmpiricalDistribution? before = baselineColumn?.ToDistribution(ref scratch);
        EmpiricalDistribution now = windowColumn.ToDistribution(ref scratch);
        FigureDistribution expected = figure.Stored ?? NumberDistributions.Decide(figure, before!, baselineColumn!.NullCount);
        FigureDistribution actual = NumberDistributions.CountOver(expected, now, windowColumn.NullCount);
        return new MeasuredFigure(figure, expected, actual, FigureEffects.OfNumbers(expected, actual, before, now));
    }

    private MeasuredFigure Levels(FigureDefinition figure)
    {
        if (NeedsSample(figure))
        {
            baselineLevels.Count(baseline.Source, figure);
        }

        windowLevels.Count(window.Source, figure);
        FigureDistribution expected = figure.Stored ?? baselineLevels.Decide(figure);
        FigureDistribution actual = windowLevels.CountOver(expected);
        if (expected.Kind == FigureKind.Categorical)
        {
            return new MeasuredFigure(figure, expected, actual, FigureEffects.OfLevels(expected, actual));
        }

        long seen = windowLevels.CountSeenIn(baselineLevels);
        return new MeasuredFigure(figure, expected, actual, FigureEffects.OfSeenShare(expected, actual, seen, figure.IsKey))
        {
            SeenShare = figure.IsKey && actual.ValueCount > 0 ? (double)seen / actual.ValueCount : null,
        };
    }
}
