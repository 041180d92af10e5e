using System.Collections.Immutable;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Data.Drift;

/// <summary>What comparing a window with its baseline came to: everything that a DriftReport says about figures.</summary>
public sealed record WindowDrift
{
    /// <summary>A window that could not be compared: no figures, and no level.</summary>
    public static WindowDrift Unmeasured(long rowCount) => new() { RowCount = rowCount, Comparisons = [], Level = DriftLevel.Inconclusive };

    /// <summary>Rows of the window.</summary>
    public required long RowCount { get; init; }

    /// <summary>All figures with both distributions, strongest first.</summary>
    public required ImmutableArray<FigureComparison> Comparisons { get; init; }

    /// <summary>Share of the window's rows whose key the baseline holds; null where no figure is a key.</summary>
    public double? SeenShare { get; init; }

    /// <summary>The strongest level; Inconclusive below the policy's fewest rows.</summary>
    public required DriftLevel Level { get; init; }

    /// <summary>All figures, strongest first.</summary>
    public ImmutableArray<FigureDrift> Figures => [.. Comparisons.Select(comparison => comparison.Drift)];

    /// <summary>Figures compared.</summary>
    public int FigureCount => Comparisons.Length;

    /// <summary>Figures at <see cref="DriftLevel.Warn"/>.</summary>
    public int WarnCount => Comparisons.Count(comparison => comparison.Drift.Level == DriftLevel.Warn);

    /// <summary>Figures at <see cref="DriftLevel.Act"/>.</summary>
    public int ActCount => Comparisons.Count(comparison => comparison.Drift.Level == DriftLevel.Act);

    /// <summary>Share of the figures' importance that is at <see cref="DriftLevel.Act"/>, 0 to 1.</summary>
    public double DriftShare => FigureJudgement.DriftShare(Figures);
}

/// <summary>One figure of a comparison with what it was measured on.</summary>
/// <param name="Drift">Effects and level.</param>
/// <param name="Baseline">The baseline's rows by bin or level.</param>
/// <param name="Window">The window's rows over the same bins or levels.</param>
public sealed record FigureComparison(FigureDrift Drift, FigureDistribution Baseline, FigureDistribution Window);
