using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Drift;

/// <summary>From which effect size on a figure is worth a warning, and worth acting.</summary>
internal static class EffectBounds
{
    /// <summary>The bounds of a measure.</summary>
    public static (double WarnAt, double ActAt) Of(DriftMeasure measure) => measure switch
    {
        DriftMeasure.Wasserstein or DriftMeasure.PositiveWasserstein => (0.1, 0.2),
        DriftMeasure.PopulationStabilityIndex => (0.1, 0.25),
        DriftMeasure.ZeroShare => (0.02, 0.05),
        DriftMeasure.JensenShannon => (0.1, 0.2),
        DriftMeasure.LargestShare => (0.05, 0.1),
        DriftMeasure.SeenShare => (0.03, 0.06),
        DriftMeasure.NullRate => (0.01, 0.05),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "has no bounds"),
    };
}
