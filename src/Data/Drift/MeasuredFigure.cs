using System.Collections.Immutable;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Drift;

/// <summary>A figure before multiplicity: raw p-values, no level.</summary>
/// <param name="Definition">The figure.</param>
/// <param name="Baseline">The baseline's counts.</param>
/// <param name="Window">The window's counts.</param>
/// <param name="Effects">The effects.</param>
internal sealed record MeasuredFigure(
    FigureDefinition Definition, FigureDistribution Baseline, FigureDistribution Window, ImmutableArray<DriftEffect> Effects)
{
    /// <summary>Share of the window's values that the baseline holds, where the figure is a key.</summary>
    public double? SeenShare { get; init; }

    /// <summary>Rows of the smaller side.</summary>
    public long Rows => Math.Min(Baseline.RowCount, Window.RowCount);

    /// <summary>Rows of the smaller side that have a value.</summary>
    public long Values => Math.Min(Baseline.ValueCount, Window.ValueCount);

    /// <summary>The figure with its level.</summary>
    public FigureComparison Judge(ReadOnlySpan<double> adjustedPValues, DriftPolicy policy)
    {
        FigureDrift measured = new()
        {
            Name = Definition.Name,
            Kind = Baseline.Kind,
            Effects = Effects,
            Level = DriftLevel.None,
            Importance = Definition.Importance,
        };
        return new FigureComparison(FigureJudgement.Judge(measured, adjustedPValues, Rows, Values, policy), Baseline, Window);
    }
}
