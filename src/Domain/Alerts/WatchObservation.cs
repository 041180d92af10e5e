using System.Collections.Immutable;
using Lifecycle.Domain.Data;
using Lifecycle.Domain.Drift;

namespace Lifecycle.Domain.Alerts;

/// <summary>
/// What one evaluation of a watch tells the alerts: a few words and figures about the DriftReport and the decision, whatever
/// the number of features. The same observation twice is one.
/// </summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Window">Identifier of the window that was compared.</param>
/// <param name="DecidedAt">When the decision was made.</param>
public sealed record WatchObservation(string Model, string Window, DateTimeOffset DecidedAt)
{
    /// <summary>The report's level.</summary>
    public DriftLevel Level { get; init; }

    /// <summary>The decision in one word, such as <c>None</c> or <c>Retrain</c>.</summary>
    public string Decision { get; init; } = "";

    /// <summary>The decision's reason, one sentence.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Identifier of the recorded decision, by which people look it up.</summary>
    public string DecisionId { get; init; } = "";

    /// <summary>Rows of the window.</summary>
    public long RowCount { get; init; }

    /// <summary>Broken rules of the data contract that are errors; with any the window says nothing about drift.</summary>
    public int BreachCount { get; init; }

    /// <summary>How many figures are at <see cref="DriftLevel.Warn"/> or <see cref="DriftLevel.Act"/>.</summary>
    public int DriftingCount { get; init; }

    /// <summary>The strongest of them, in multiples of the bound to act at.</summary>
    public ImmutableArray<AlertFinding> Drifting { get; init; } = [];

    /// <summary>
    /// Figures for threshold rules by name: <c>driftShare</c>, <c>seenShare</c>, <c>separation</c>, <c>lossChange</c>,
    /// <c>estimatedLossChange</c>, <c>refusedShare</c> and <c>lateRows</c>, as far as they were measured; the caller may add others.
    /// </summary>
    public ImmutableSortedDictionary<string, double> Figures { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>The observation of a report; decision, reason and id are for the caller to add.</summary>
    public static WatchObservation Of(DriftReport report, DateTimeOffset decidedAt) => new(report.Model, report.Window.Id, decidedAt)
    {
        Level = report.Level,
        RowCount = report.RowCount,
        BreachCount = report.Breaches.Count(breach => breach.Severity == FindingSeverity.Error),
        DriftingCount = report.WarnCount + report.ActCount,
        Drifting = AlertFinding.Strongest(report.Figures.Where(figure => figure.Level >= DriftLevel.Warn).Select(Finding)),
        Figures = FiguresOf(report),
    };

    /// <summary>The observation with no more findings than a message shows.</summary>
    public WatchObservation Cut() => this with
    {
        DriftingCount = Math.Max(DriftingCount, Drifting.Length),
        Drifting = AlertFinding.Strongest(Drifting),
    };

    private static AlertFinding Finding(FigureDrift figure)
    {
        DriftEffect? strongest = figure.Effects.MaxBy(Strength);
        return new AlertFinding(figure.Name, strongest is null ? 0 : Strength(strongest), strongest is null ? "" : $"{strongest.Measure}, {figure.Level}");
    }

    private static double Strength(DriftEffect effect) => effect.ActAt > 0 ? effect.Value / effect.ActAt : effect.Value;

    private static ImmutableSortedDictionary<string, double> FiguresOf(DriftReport report) => new (string Name, double? Value)[]
    {
        ("driftShare", report.DriftShare),
        ("seenShare", report.SeenShare),
        ("separation", report.Separation?.AreaUnderCurve),
        ("lossChange", Reliable(report.Losses.Labelled)),
        ("estimatedLossChange", Reliable(report.Losses.Estimated)),
        ("refusedShare", report.RowCount > 0 ? (double)report.RefusedCount / report.RowCount : null),
        ("lateRows", report.LateCount),
    }.Where(figure => figure.Value is not null).ToImmutableSortedDictionary(figure => figure.Name, figure => figure.Value!.Value, StringComparer.Ordinal);

    private static double? Reliable(LossChange? change) => change is { Inconclusive: null } ? change.Change : null;
}
