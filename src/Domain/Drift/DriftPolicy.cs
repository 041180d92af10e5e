namespace Lifecycle.Domain.Drift;

/// <summary>
/// When a DriftReport leads to what. The defaults are the product's; a model definition changes them under
/// <c>watch.policy</c>. Its digest is part of every decision, so that a changed policy is a new one.
/// </summary>
public sealed record DriftPolicy
{
    /// <summary>Fewest rows of a window; below, everything is Inconclusive.</summary>
    public long MinimumRows { get; init; } = 500;

    /// <summary>False discovery rate over a report's comparisons (Benjamini-Hochberg).</summary>
    public double FalseDiscoveryRate { get; init; } = 0.01;

    /// <summary>Domain classifier AUC worth a warning.</summary>
    public double SeparationWarnAt { get; init; } = 0.6;

    /// <summary>Domain classifier AUC worth acting.</summary>
    public double SeparationActAt { get; init; } = 0.65;

    /// <summary>Lower bound of the labelled loss's relative rise that asks for a RetrainingRun.</summary>
    public double LossRise { get; init; } = 0.1;

    /// <summary>The same on a protected slice.</summary>
    public double ProtectedSliceRise { get; init; } = 0.25;

    /// <summary>Rise of an estimated or weighted loss that counts.</summary>
    public double EstimatedRise { get; init; } = 0.15;

    /// <summary>Importance-weighted share of drifted figures that counts.</summary>
    public double DriftShare { get; init; } = 0.3;

    /// <summary>
    /// Drifted figures do not count where the loss without labels is known to have risen less: where an estimated or weighted loss
    /// can be relied on, and the upper 95% bound of each that can is below this. By default what a labelled loss must exceed to
    /// ask (<see cref="LossRise"/>); 0 lets no estimate hold drifted figures back.
    /// </summary>
    public double HarmlessRise { get; init; } = 0.1;

    /// <summary>Windows looked back on for the two rules above.</summary>
    public int RecentWindows { get; init; } = 3;

    /// <summary>How many of them must agree.</summary>
    public int AgreeingWindows { get; init; } = 2;

    /// <summary>Quiet windows (below warn) that disarm.</summary>
    public int DisarmingWindows { get; init; } = 2;

    /// <summary>Time after a RetrainingRun was asked for in which only labelled loss asks for another.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Longest cool-down, however often challengers were refused.</summary>
    public TimeSpan MaximumCoolDown { get; init; } = TimeSpan.FromDays(112);

    /// <summary>RetrainingRuns that decisions may ask for in <see cref="BudgetPeriod"/>.</summary>
    public int Budget { get; init; } = 12;

    /// <summary>Period of the budget.</summary>
    public TimeSpan BudgetPeriod { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Age of the live model, since its promotion, that asks for a RetrainingRun; null leaves age to the calendar.</summary>
    public TimeSpan? MaximumAge { get; init; }
}
