using System.Globalization;
using Lifecycle.Domain.Drift;

namespace Lifecycle.DriftSpeed;

/// <summary>Effects of a figure in a few characters.</summary>
internal static class EffectText
{
    public static string Of(FigureDrift figure) => string.Join(", ", figure.Effects.Select(Of));

    private static string Of(DriftEffect effect) => string.Create(
        CultureInfo.InvariantCulture, $"{Symbol(effect.Measure)} {effect.Value:.000}");

    private static string Symbol(DriftMeasure measure) => measure switch
    {
        DriftMeasure.Wasserstein => "W₁/σ",
        DriftMeasure.PopulationStabilityIndex => "PSI",
        DriftMeasure.ZeroShare => "ΔP(0)",
        DriftMeasure.PositiveWasserstein => "W₁/σ log",
        DriftMeasure.JensenShannon => "JS",
        DriftMeasure.LargestShare => "L∞",
        DriftMeasure.SeenShare => "seen −",
        DriftMeasure.NullRate => "Δnull",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "has no symbol"),
    };
}
