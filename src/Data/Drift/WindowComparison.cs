using System.Collections.Immutable;
using Lifecycle.Data.Tables;
using Lifecycle.Domain.Drift;
using Lifecycle.Statistics.Multiplicity;

namespace Lifecycle.Data.Drift;

/// <summary>
/// Compares the rows of a window with those of its baseline, figure by figure: exact tests on the rows, effect sizes beside
/// their bounds, one Benjamini–Hochberg over all of it. The result does not depend on memory or threads.
/// </summary>
public static class WindowComparison
{
    /// <summary>Compares two Parquet files.</summary>
    /// <param name="baselinePath">The rows behind the baseline.</param>
    /// <param name="windowPath">The rows of the window.</param>
    /// <param name="figures">The figures: of a stored baseline (<see cref="DriftFigures"/>), or others with names of their own.</param>
    /// <param name="policy">Fewest rows and false discovery rate.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work and leaves nothing behind.</param>
    /// <exception cref="InvalidDataSourceException">A file cannot be read, or a figure is no expression over both, or differs in type.</exception>
    /// <exception cref="DataDeadlineException">The work took too long.</exception>
    public static WindowDrift Compare(
        string baselinePath, string windowPath, ImmutableArray<FigureDefinition> figures, DriftPolicy policy, DataLimits limits, CancellationToken cancellation) =>
        Compare([new ComparedRows(baselinePath, windowPath, figures)], policy, limits, cancellation);

    /// <summary>
    /// Compares several pairs of files as one report, such as inputs with the TrainingSet and predictions with the scored
    /// Holdout: the p-values are adjusted over all of them.
    /// </summary>
    /// <param name="pairs">The pairs, at least one; the first one's window gives the row count.</param>
    /// <param name="policy">Fewest rows and false discovery rate.</param>
    /// <param name="limits">What the work may use.</param>
    /// <param name="cancellation">Stops the work and leaves nothing behind.</param>
    /// <exception cref="InvalidDataSourceException">As above, or two figures have one name.</exception>
    /// <exception cref="DataDeadlineException">The work took too long.</exception>
    public static WindowDrift Compare(ImmutableArray<ComparedRows> pairs, DriftPolicy policy, DataLimits limits, CancellationToken cancellation) =>
        new DataWork("comparing the window with its baseline", limits).Run(token => Measure(pairs, policy, limits, token), cancellation);

    private static WindowDrift Measure(ImmutableArray<ComparedRows> pairs, DriftPolicy policy, DataLimits limits, CancellationToken cancellation)
    {
        RefuseRepeatedNames(pairs);
        using StagingFolder spill = new(pairs[0].WindowPath);
        using DuckSession session = DuckSession.Open(
            limits, FigureRows.Folders(pairs.SelectMany(pair => new[] { pair.BaselinePath, pair.WindowPath })), spill.Path, cancellation);
        List<MeasuredFigure> measured = [];
        long? rowCount = null;
        foreach (ComparedRows pair in pairs)
        {
            FigureRows baseline = FigureRows.Of(session, pair.BaselinePath, "baseline", pair.Figures);
            FigureRows window = FigureRows.Of(session, pair.WindowPath, "window", pair.Figures);
            rowCount ??= window.RowCount;
            measured.AddRange(new FigureMeasuring(session, baseline, window, limits, cancellation).Measure(pair.Figures));
        }

        return Judge([.. measured], rowCount ?? 0, policy);
    }

    /// <summary>Adjusts the p-values over all figures, and judges each of them.</summary>
    internal static WindowDrift Judge(ImmutableArray<MeasuredFigure> measured, long rowCount, DriftPolicy policy)
    {
        ReadOnlySpan<double> adjusted = AdjustedPValues
            .BenjaminiHochberg([.. measured.SelectMany(figure => figure.Effects).Select(effect => effect.PValue)]).AsSpan();
        Dictionary<string, FigureComparison> judged = new(StringComparer.Ordinal);
        int next = 0;
        foreach (MeasuredFigure figure in measured)
        {
            judged.Add(figure.Definition.Name, figure.Judge(adjusted.Slice(next, figure.Effects.Length), policy));
            next += figure.Effects.Length;
        }

        ImmutableArray<FigureDrift> figures = FigureJudgement.Sort(judged.Values.Select(comparison => comparison.Drift));
        return new WindowDrift
        {
            RowCount = rowCount,
            Comparisons = [.. figures.Select(figure => judged[figure.Name])],
            SeenShare = measured.Select(figure => figure.SeenShare).FirstOrDefault(share => share is not null),
            Level = FigureJudgement.Overall(figures, rowCount, policy),
        };
    }

    private static void RefuseRepeatedNames(ImmutableArray<ComparedRows> pairs)
    {
        string? repeated = pairs.SelectMany(pair => pair.Figures).GroupBy(figure => figure.Name, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1)?.Key;
        if (repeated is not null)
        {
            throw new InvalidDataSourceException($"two figures are called '{repeated}'; give each a name of its own");
        }
    }
}
