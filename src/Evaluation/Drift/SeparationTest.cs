using Lifecycle.Domain.Drift;
using Lifecycle.Statistics.Significance;

namespace Lifecycle.Evaluation.Drift;

/// <summary>
/// Judges how well a domain classifier tells a window from the baseline: an alarm only where the area under its ROC curve is
/// large and a permutation test says that it is no chance.
/// </summary>
public static class SeparationTest
{
    /// <summary>Largest p-value of an alarm.</summary>
    public const double SignificanceLevel = 0.01;

    // p-values from 0.001 on.
    private const int Permutations = 999;
    private const int Seed = 20240607;

    /// <summary>Measures and judges.</summary>
    /// <param name="baseline">Out-of-fold probabilities of baseline rows.</param>
    /// <param name="window">Those of window rows.</param>
    /// <param name="policy">The bounds; a side of fewer rows than its fewest makes it Inconclusive.</param>
    /// <exception cref="ArgumentException">A side is empty, or a score is NaN.</exception>
    public static DomainSeparation Judge(ReadOnlySpan<double> baseline, ReadOnlySpan<double> window, DriftPolicy policy)
    {
        bool[] isWindow = [.. Enumerable.Repeat(false, baseline.Length), .. Enumerable.Repeat(true, window.Length)];
        SignificanceTest test = AreaUnderCurveTest.Of((double[])[.. baseline, .. window], isWindow, Permutations, Seed);
        bool isEnough = Math.Min(baseline.Length, window.Length) >= policy.MinimumRows;
        return new DomainSeparation(test.Statistic, test.PValue, baseline.Length + window.Length, isEnough ? LevelOf(test, policy) : DriftLevel.Inconclusive);
    }

    private static DriftLevel LevelOf(SignificanceTest test, DriftPolicy policy) => test switch
    {
        { PValue: > SignificanceLevel } => DriftLevel.None,
        _ when test.Statistic >= policy.SeparationActAt => DriftLevel.Act,
        _ when test.Statistic >= policy.SeparationWarnAt => DriftLevel.Warn,
        _ => DriftLevel.None,
    };
}
