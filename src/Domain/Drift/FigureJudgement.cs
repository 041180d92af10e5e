using System.Collections.Immutable;

namespace Lifecycle.Domain.Drift;

/// <summary>
/// Turns measured effects into levels. A figure alarms only where one of its effects is both large and significant after
/// multiplicity; with fewer rows than the policy asks for the answer is <see cref="DriftLevel.Inconclusive"/>, never
/// <see cref="DriftLevel.None"/>. Pure.
/// </summary>
public static class FigureJudgement
{
    /// <summary>Level of one effect, whose <see cref="DriftEffect.AdjustedPValue"/> is set.</summary>
    public static DriftLevel Of(DriftEffect effect, DriftPolicy policy) =>
        !(effect.AdjustedPValue <= policy.FalseDiscoveryRate) ? DriftLevel.None
        : effect.Value >= effect.ActAt ? DriftLevel.Act
        : effect.Value >= effect.WarnAt ? DriftLevel.Warn
        : DriftLevel.None;

    /// <summary>A figure with its adjusted p-values and its level; effects that alarm come first, then by <see cref="Strength"/>.</summary>
    /// <param name="measured">The figure, with raw p-values.</param>
    /// <param name="adjustedPValues">p-values of its effects after multiplicity, in the order of <see cref="FigureDrift.Effects"/>.</param>
    /// <param name="rows">Rows of the smaller side.</param>
    /// <param name="values">Rows of the smaller side that have a value of the figure: what every effect but the null rate was measured on.</param>
    /// <param name="policy">The policy.</param>
    public static FigureDrift Judge(FigureDrift measured, ReadOnlySpan<double> adjustedPValues, long rows, long values, DriftPolicy policy)
    {
        DriftLevel level = Math.Min(rows, values) < policy.MinimumRows ? DriftLevel.Inconclusive : DriftLevel.None;
        ImmutableArray<DriftEffect>.Builder effects = ImmutableArray.CreateBuilder<DriftEffect>(measured.Effects.Length);
        for (int i = 0; i < measured.Effects.Length; i++)
        {
            DriftEffect effect = measured.Effects[i] with { AdjustedPValue = adjustedPValues[i] };
            bool isConclusive = (effect.Measure == DriftMeasure.NullRate ? rows : values) >= policy.MinimumRows;
            level = isConclusive ? Stronger(level, Of(effect, policy)) : level;
            effects.Add(effect);
        }

        return measured with { Effects = [.. effects.OrderByDescending(effect => Of(effect, policy)).ThenByDescending(Strength)], Level = level };
    }

    /// <summary>How far an effect is towards its act bound: 1 at the bound. What figures are sorted by.</summary>
    public static double Strength(DriftEffect effect) => effect.Value / effect.ActAt;

    /// <summary>The figures, strongest first: by level, then by their strongest effect, then by name.</summary>
    public static ImmutableArray<FigureDrift> Sort(IEnumerable<FigureDrift> figures) =>
        [.. figures
            .OrderByDescending(figure => figure.Level)
            .ThenByDescending(figure => figure.Effects.Select(Strength).DefaultIfEmpty(0).Max())
            .ThenBy(figure => figure.Name, StringComparer.Ordinal)];

    /// <summary>Share of the figures' importance that is at <see cref="DriftLevel.Act"/>, 0 to 1; 0 without importance.</summary>
    public static double DriftShare(ImmutableArray<FigureDrift> figures)
    {
        double total = figures.Sum(figure => figure.Importance);
        return total > 0 ? figures.Where(figure => figure.Level == DriftLevel.Act).Sum(figure => figure.Importance) / total : 0;
    }

    /// <summary>The strongest level of a report; Inconclusive below the policy's fewest rows, whatever the figures say.</summary>
    public static DriftLevel Overall(ImmutableArray<FigureDrift> figures, long rows, DriftPolicy policy) =>
        rows < policy.MinimumRows ? DriftLevel.Inconclusive : figures.Select(figure => figure.Level).DefaultIfEmpty(DriftLevel.None).Max();

    private static DriftLevel Stronger(DriftLevel one, DriftLevel other) => one > other ? one : other;
}
